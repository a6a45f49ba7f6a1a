namespace PgSecurity.Core.Postures.Derived;

/// <summary>An administrative operation on a server or on a child of it, as the activity log names it.</summary>
/// <param name="ResourceType">The type of the resource that is operated on.</param>
/// <param name="Verb">write or delete.</param>
/// <param name="Server">The server it is done on.</param>
internal sealed record ActivityOperation(string ResourceType, string Verb, ServerId Server)
{
    /// <summary>The name in the activity log, such as <c>Microsoft.DBforPostgreSQL/flexibleServers/write</c>.</summary>
    public string Name { get; } = $"{ResourceType}/{Verb}";

    /// <summary>Whether it is done on the server itself.</summary>
    public bool IsOnServer => ResourceType == FacetTypes.Server;
}
