using System;
using System.Buffers;
using System.Collections.Generic;

namespace PgSecurity.Core.Expressions;

/// <summary>The call of a function: one of <see cref="StandardFunctions"/>, or one that the scope answers.</summary>
public sealed class FunctionCallNode : ExpressionNode
{
    private readonly ExpressionNode[] _arguments;
    private readonly ExpressionFunction? _function;

    internal FunctionCallNode(string name, ExpressionFunction? function, ExpressionNode[] arguments, int position)
        : base(position)
    {
        Name = name;
        _function = function;
        _arguments = arguments;
    }

    /// <summary>The function's name, as it is written.</summary>
    public string Name { get; }

    /// <summary>Whether the scope answers it, rather than its arguments alone.</summary>
    public bool IsScopeFunction => _function is null;

    /// <inheritdoc/>
    public override IReadOnlyList<ExpressionNode> Children => _arguments;

    /// <summary>Whether equal arguments always give the same answer.</summary>
    internal bool IsPure => _function is { AsksScopeFirst: false };

    /// <summary>The same call with other arguments.</summary>
    internal FunctionCallNode With(ExpressionNode[] arguments) => new(Name, _function, arguments, Position);

    /// <inheritdoc/>
    public override ExpressionValue Evaluate(IExpressionScope scope)
    {
        if (_function?.Lazy is { } lazy) return Guarded(() => lazy(_arguments, scope));
        if (_arguments.Length == 0) return Call(scope, default);

        ExpressionValue[] values = ArrayPool<ExpressionValue>.Shared.Rent(_arguments.Length);
        try
        {
            for (int i = 0; i < _arguments.Length; i++)
            {
                values[i] = _arguments[i].Evaluate(scope);
            }

            return Call(scope, values.AsSpan(0, _arguments.Length));
        }
        finally
        {
            ArrayPool<ExpressionValue>.Shared.Return(values, clearArray: true);
        }
    }

    private ExpressionValue Call(IExpressionScope scope, ReadOnlySpan<ExpressionValue> arguments)
    {
        if (_function is null) return CallScope(scope, arguments);
        if (_function.AsksScopeFirst && scope.TryCall(Name, arguments, out ExpressionValue answer)) return answer;
        if (_function.FindUnknown(arguments, out ExpressionValue unknown)) return unknown;

        try
        {
            return _function.Body!(arguments, scope);
        }
        catch (Exception error) when (IsFailure(error))
        {
            return Failed(error);
        }
    }

    private ExpressionValue CallScope(IExpressionScope scope, ReadOnlySpan<ExpressionValue> arguments)
    {
        try
        {
            return scope.TryCall(Name, arguments, out ExpressionValue value)
                ? value
                : ExpressionValue.Unknown($"the function '{Name}' has no answer here");
        }
        catch (FunctionFailure error)
        {
            return Failed(error);
        }
    }

    private ExpressionValue Guarded(Func<ExpressionValue> evaluate)
    {
        try
        {
            return evaluate();
        }
        catch (Exception error) when (IsFailure(error))
        {
            return Failed(error);
        }
    }

    private static bool IsFailure(Exception error) =>
        error is FunctionFailure or FormatException or OverflowException or ArgumentException
            or System.Text.Json.JsonException or DivideByZeroException;

    // The framework's own messages may quote the value; only ours are known not to.
    private ExpressionValue Failed(Exception error) => ExpressionValue.Unknown(
        $"the function '{Name}' failed: {(error is FunctionFailure ? error.Message : "an argument is not valid for it")}");
}
