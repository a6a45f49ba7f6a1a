namespace PgSecurity.Core.Exports;

/// <summary>A control that an engine other than ours cannot express, and why: left out by name, never weakened.</summary>
/// <param name="ControlId">The control's id.</param>
/// <param name="Title">The control's title.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record LeftOutControl(string ControlId, string Title, string Reason);
