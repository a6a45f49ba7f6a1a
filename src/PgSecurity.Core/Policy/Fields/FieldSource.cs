namespace PgSecurity.Core.Policy;

/// <summary>How a rule refers to a field.</summary>
internal enum FieldSource
{
    /// <summary>A <c>field</c> condition: the resource that is being looked at.</summary>
    Condition,

    /// <summary>
    /// The <c>field()</c> function: the resource that <c>if</c> matched, also in an existence condition, except for an
    /// alias of the related resource's own type (the built-in definitions use both).
    /// </summary>
    Function,
}
