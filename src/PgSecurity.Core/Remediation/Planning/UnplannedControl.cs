namespace PgSecurity.Core.Remediation.Planning;

/// <summary>A control that was asked for and for which nothing is sent.</summary>
/// <param name="ControlId">The control.</param>
/// <param name="IsCompliant">Whether there is nothing to do.</param>
/// <param name="Reason">Why.</param>
public sealed record UnplannedControl(string ControlId, bool IsCompliant, string Reason)
{
    /// <summary>Whether another control's changes may make it fail.</summary>
    internal bool MayChange { get; init; }
}
