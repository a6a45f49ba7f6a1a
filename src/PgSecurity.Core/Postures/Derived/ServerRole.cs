namespace PgSecurity.Core.Postures.Derived;

/// <summary>Whether a server is a read replica: by the role that the service reports, or a template's create mode.</summary>
internal static class ServerRole
{
    /// <summary>Whether it is a read replica.</summary>
    public static Truth IsReplica(Resource server)
    {
        ResourceField role = ResourceField.Of(server, "properties.replicationRole");
        return role.Is("AsyncReplica").Or(role.Is("GeoAsyncReplica")).Or(ResourceField.Of(server, "properties.createMode").Is("Replica"));
    }
}
