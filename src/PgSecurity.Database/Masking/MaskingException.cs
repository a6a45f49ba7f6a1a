using System;

namespace PgSecurity.Database.Masking;

/// <summary>Masking was refused or failed: what and why in the message, what to do in <see cref="Advice"/>. Holds no value of a row.</summary>
public sealed class MaskingException : Exception
{
    internal MaskingException(string id, string target, string message, string advice, Exception? cause = null)
        : base(message, cause)
    {
        Id = id;
        Target = target;
        Advice = advice;
    }

    /// <summary>A name for the kind of refusal, such as <c>PlanIncomplete</c>.</summary>
    public string Id { get; }

    /// <summary>What it is about.</summary>
    public string Target { get; }

    /// <summary>What to do.</summary>
    public string Advice { get; }
}
