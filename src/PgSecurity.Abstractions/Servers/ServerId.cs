using System;

namespace PgSecurity;

/// <summary>
/// The ARM id of a flexible server: the only identity PgSecurity knows. Subscription, resource group and name are
/// read from it. Two ids are equal when they differ in case only, as ARM defines it. A retired single server
/// (<c>Microsoft.DBforPostgreSQL/servers</c>) has an id too, so that it can be reported as retired.
/// </summary>
public sealed class ServerId : IEquatable<ServerId>
{
    /// <summary>The resource type of a flexible server.</summary>
    public const string FlexibleServerType = "Microsoft.DBforPostgreSQL/flexibleServers";

    /// <summary>The resource type of a single server, retired in 2025.</summary>
    public const string SingleServerType = "Microsoft.DBforPostgreSQL/servers";

    /// <summary>The type of a PostgreSQL server that is not in ARM, named by host and port.</summary>
    public const string HostType = "PgSecurity/hosts";

    private const string HostPrefix = "/providers/" + HostType + "/";

    private ServerId(string value, string resourceType, string subscriptionId, string resourceGroupName, string name)
    {
        Value = value;
        ResourceType = resourceType;
        SubscriptionId = subscriptionId;
        ResourceGroupName = resourceGroupName;
        Name = name;
    }

    /// <summary>The id as it was given, without a trailing slash and without any child segments.</summary>
    public string Value { get; }

    /// <summary><see cref="FlexibleServerType"/>, <see cref="SingleServerType"/> or <see cref="HostType"/>.</summary>
    public string ResourceType { get; }

    /// <summary>Whether it is a retired single server.</summary>
    public bool IsSingleServer => ResourceType == SingleServerType;

    /// <summary>Whether it is a server that is not in ARM: it has neither subscription nor resource group.</summary>
    public bool IsHost => ResourceType == HostType;

    /// <summary>The subscription's GUID as it stands in the id.</summary>
    public string SubscriptionId { get; }

    /// <summary>The resource group's name.</summary>
    public string ResourceGroupName { get; }

    /// <summary>The server's name: 3 to 63 characters.</summary>
    public string Name { get; }

    /// <summary>Makes the id from its parts.</summary>
    public static ServerId Create(string subscriptionId, string resourceGroupName, string name) =>
        Parse($"/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/{FlexibleServerType}/{name}");

    /// <summary>Makes the id of a server that is not in ARM: <c>/providers/PgSecurity/hosts/host:port</c>.</summary>
    /// <exception cref="ArgumentException">The host is empty or has a slash.</exception>
    public static ServerId OfHost(string host, int port)
    {
        if (string.IsNullOrWhiteSpace(host) || host.IndexOf("/", StringComparison.Ordinal) >= 0) throw new ArgumentException($"'{host}' is not the name or address of a host.", nameof(host));
        string name = string.Format(System.Globalization.CultureInfo.InvariantCulture, "{0}:{1}", host.Trim(), port);
        return new ServerId(HostPrefix + name, HostType, "", "", name);
    }

    /// <summary>Reads an id; ids of children and of extension resources of a server give the server's id.</summary>
    /// <exception cref="FormatException">The text is not the id of a flexible server or of something below one.</exception>
    public static ServerId Parse(string text) =>
        TryParse(text, out ServerId? id)
            ? id!
            : throw new FormatException(
                $"'{text}' is not the id of a flexible server. Expected /subscriptions/<id>/resourceGroups/<name>/"
                + $"providers/{FlexibleServerType}/<server>.");

    /// <summary>Reads an id, as <see cref="Parse"/> does, and says whether it could.</summary>
    public static bool TryParse(string? text, out ServerId? id)
    {
        id = null;
        if (string.IsNullOrWhiteSpace(text)) return false;

        if (text!.Trim().StartsWith(HostPrefix, StringComparison.OrdinalIgnoreCase)) return TryParseHost(text.Trim().Substring(HostPrefix.Length), out id);

        string[] parts = text.Trim().Trim('/').Split('/');
        if (parts.Length < 8
            || !Same(parts[0], "subscriptions")
            || !Same(parts[2], "resourceGroups")
            || !Same(parts[4], "providers")
            || !Same(parts[5], "Microsoft.DBforPostgreSQL")
            || parts[1].Length == 0
            || parts[3].Length == 0
            || parts[7].Length == 0)
        {
            return false;
        }

        string? type = Same(parts[6], "flexibleServers") ? FlexibleServerType
            : Same(parts[6], "servers") ? SingleServerType
            : null;
        if (type is null) return false;
        id = new ServerId("/" + string.Join("/", parts, 0, 8), type, parts[1], parts[3], parts[7]);
        return true;
    }

    private static bool TryParseHost(string rest, out ServerId? id)
    {
        string name = rest.Split('/')[0];
        id = name.Length == 0 ? null : new ServerId(HostPrefix + name, HostType, "", "", name);
        return id is not null;
    }

    /// <inheritdoc/>
    public bool Equals(ServerId? other) => other is not null && Same(Value, other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ServerId);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
