using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary>Takes the values of a path that goes through arrays. A struct, so that a walk allocates nothing.</summary>
internal interface IFieldVisitor
{
    /// <summary>Takes one value.</summary>
    /// <param name="presence">Found, Missing (the array's member lacks it), or Unknown (there may be any number of values).</param>
    /// <param name="value">The value, where found.</param>
    /// <returns>Whether to go on.</returns>
    bool Visit(Presence presence, in ExpressionValue value);
}
