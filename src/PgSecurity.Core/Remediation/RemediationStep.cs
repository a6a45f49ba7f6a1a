using System.Text.Json;

namespace PgSecurity.Core.Remediation;

/// <summary>One step of a remediation, as data. Its values may be expressions over the control's parameters.</summary>
public abstract record RemediationStep;

/// <summary>Sets properties of the server or of a related resource.</summary>
/// <param name="Type">The type of the resource.</param>
/// <param name="Name">The related resource's name; null for the server, or for those that the finding names.</param>
/// <param name="Properties">A merge patch of <c>properties</c>; null where there is none.</param>
/// <param name="Body">A merge patch of the whole resource; null where there is none.</param>
public sealed record SetPropertiesStep(string Type, string? Name, JsonElement? Properties, JsonElement? Body) : RemediationStep;

/// <summary>Sets a server parameter.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Value">Its value.</param>
public sealed record SetParameterStep(string Name, JsonElement Value) : RemediationStep;

/// <summary>Has members in a parameter that is a list, or has them not; the others stay.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Values">The members: an array, or an expression that gives one.</param>
/// <param name="Add">Whether they must be there.</param>
public sealed record ChangeListStep(string Name, JsonElement Values, bool Add) : RemediationStep;

/// <summary>Creates or replaces a related resource.</summary>
/// <param name="Type">The type of the resource.</param>
/// <param name="Name">Its name; may be an expression.</param>
/// <param name="Properties">Its properties.</param>
public sealed record PutResourceStep(string Type, string Name, JsonElement Properties) : RemediationStep;

/// <summary>Deletes the resources that failed.</summary>
/// <param name="Type">The type of the resources.</param>
public sealed record DeleteResourcesStep(string Type) : RemediationStep;

/// <summary>Runs a file of SQL in the server's databases.</summary>
/// <param name="File">The file's name, beside the control.</param>
public sealed record RunSqlStep(string File) : RemediationStep;
