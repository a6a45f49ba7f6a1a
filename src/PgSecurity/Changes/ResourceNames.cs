using System;
using PgSecurity.Core.Postures;

namespace PgSecurity.Changes;

/// <summary>Names and ids of resources that are made for servers.</summary>
internal static class ResourceNames
{
    /// <summary>What stands for the server's name, so that one text names a resource of each server.</summary>
    public const string ServerMark = "{server}";

    /// <summary>A name with the server's in it.</summary>
    public static string Of(string name, ServerId server) => Of(name, server.Name);

    /// <summary>A name with another text in the place of the server's.</summary>
    public static string Of(string name, string server) => string.Join(server, name.Split(new[] { ServerMark }, StringSplitOptions.None));

    /// <summary>Whether a text is the ARM id of a resource of a type.</summary>
    public static bool IsOfType(string id, string type) =>
        id.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase) && string.Equals(ResourceId.TypeOf(id), type, StringComparison.OrdinalIgnoreCase);
}
