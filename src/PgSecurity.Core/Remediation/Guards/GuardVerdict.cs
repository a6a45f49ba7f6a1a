namespace PgSecurity.Core.Remediation.Guards;

/// <summary>What a guard says of a change: a refusal, or the consent that it needs.</summary>
/// <param name="Guard">The guard's name, as controls name it.</param>
/// <param name="Needs">The consent that lets it through; null where nothing does.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record GuardVerdict(string Guard, Consent? Needs, string Reason)
{
    /// <summary>A refusal.</summary>
    public static GuardVerdict Refuse(string guard, string reason) => new(guard, null, reason);

    /// <summary>A change that needs a consent.</summary>
    public static GuardVerdict Ask(string guard, Consent needs, string reason) => new(guard, needs, reason);

    /// <summary>Whether it stands against the change, given the consents.</summary>
    public bool Stands(Consents consents) => Needs is not Consent consent || !consents.Gives(consent);

    /// <inheritdoc/>
    public override string ToString() => Needs is Consent consent ? $"{Guard}: {Reason} It needs -Allow{consent}." : $"{Guard}: {Reason}";
}
