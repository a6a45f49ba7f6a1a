using System.Collections.Generic;

namespace PgSecurity.Core.Expressions;

/// <summary>A lambda: <c>lambda('item', body)</c>, in which <c>lambdaVariables('item')</c> stands for the argument.</summary>
public sealed class LambdaNode : ExpressionNode
{
    private readonly ExpressionNode[] _children;

    internal LambdaNode(string[] names, ExpressionNode body, int position)
        : base(position)
    {
        Names = names;
        _children = [body];
    }

    /// <summary>The names of its arguments.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ExpressionNode> Children => _children;

    /// <summary>The body.</summary>
    internal ExpressionNode Body => _children[0];

    /// <summary>The same lambda with another body.</summary>
    internal LambdaNode With(ExpressionNode body) => new((string[])Names, body, Position);

    /// <inheritdoc/>
    public override ExpressionValue Evaluate(IExpressionScope scope) =>
        ExpressionValue.Unknown("a lambda stands where a value is needed");

    /// <summary>The body's value for arguments; those beyond its names are not used.</summary>
    internal ExpressionValue Invoke(IExpressionScope scope, params ExpressionValue[] arguments) =>
        Body.Evaluate(new LambdaScope(scope, this, arguments));
}
