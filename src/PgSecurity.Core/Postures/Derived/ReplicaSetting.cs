using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// A setting that a replica does not take over for good from its primary, with the order that makes one value weaker
/// than another. A replica starts with its primary's settings, and both are changed apart afterwards.
/// </summary>
internal sealed class ReplicaSetting
{
    private readonly Func<string, string, bool> _isWeaker;

    private ReplicaSetting(string name, bool isParameter, string whenAbsent, Func<string, string, bool> isWeaker)
    {
        Name = name;
        IsParameter = isParameter;
        WhenAbsent = whenAbsent;
        _isWeaker = isWeaker;
    }

    /// <summary>The path of a property below <c>properties</c>, or the name of a server parameter.</summary>
    public string Name { get; }

    /// <summary>Whether it is a server parameter.</summary>
    public bool IsParameter { get; }

    /// <summary>What a property that is absent means: the service's default.</summary>
    public string WhenAbsent { get; }

    /// <summary>The settings that are compared.</summary>
    public static IReadOnlyList<ReplicaSetting> All { get; } = new[]
    {
        Property("network.publicNetworkAccess", "Enabled", strongFirst: new[] { "Disabled", "Enabled" }),
        Property("authConfig.activeDirectoryAuth", "Disabled", strongFirst: new[] { "Enabled", "Disabled" }),
        Property("authConfig.passwordAuth", "Enabled", strongFirst: new[] { "Disabled", "Enabled" }),
        Property("dataEncryption.type", "SystemManaged", strongFirst: new[] { "AzureKeyVault", "SystemManaged" }),
        Parameter("require_secure_transport", "on", "off"),
        Parameter("ssl_min_protocol_version", "TLSv1.3", "TLSv1.2"),
        Parameter("password_encryption", "scram-sha-256", "md5"),
        Lacks("azure.accepted_password_auth_method", unwanted: "md5"),
        Parameter("azure_storage.allow_network_access", "off", "on"),
        Parameter("azure_storage.public_account_access", "off", "on"),
        Parameter("connection_throttle.enable", "on", "off"),
        Holds("log_connections", whole: new[] { "on", "all" }, none: "off"),
        Parameter("log_disconnections", "on", "off"),
        Parameter("log_checkpoints", "on", "off"),
        Holds("pgaudit.log", whole: new[] { "all" }, none: "none"),
        Loads("shared_preload_libraries", "pgaudit", "credcheck", "anon"),
    };

    /// <summary>Whether the replica's value is weaker than the primary's.</summary>
    public bool IsWeaker(string replica, string primary) => _isWeaker(replica, primary);

    private static ReplicaSetting Property(string name, string whenAbsent, string[] strongFirst) =>
        new(name, false, whenAbsent, (replica, primary) => Rank(strongFirst, replica) > Rank(strongFirst, primary));

    private static ReplicaSetting Parameter(string name, params string[] strongFirst) =>
        new(name, true, "", (replica, primary) => Rank(strongFirst, replica) > Rank(strongFirst, primary));

    private static ReplicaSetting Lacks(string name, string unwanted) =>
        new(name, true, "", (replica, primary) => Has(replica, unwanted) && !Has(primary, unwanted));

    private static ReplicaSetting Holds(string name, string[] whole, string none) =>
        new(name, true, "", (replica, primary) =>
        {
            if (whole.Any(value => Has(replica, value))) return false;
            if (whole.Any(value => Has(primary, value))) return true;
            return ParameterLists.Members(primary).Where(member => member != none).Except(ParameterLists.Members(replica)).Any();
        });

    private static ReplicaSetting Loads(string name, params string[] libraries) =>
        new(name, true, "", (replica, primary) => libraries.Any(library => Has(primary, library) && !Has(replica, library)));

    // A value that is not listed ranks with the strongest, so that it alone never makes a difference.
    private static int Rank(string[] strongFirst, string value) =>
        Math.Max(0, Array.FindIndex(strongFirst, one => string.Equals(one, value.Trim(), StringComparison.OrdinalIgnoreCase)));

    private static bool Has(string list, string member) => ParameterLists.Members(list).Contains(member);
}
