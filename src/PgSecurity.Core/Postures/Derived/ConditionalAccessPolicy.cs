using System;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// A Conditional Access policy of Microsoft Graph, read for one question: must everybody who logs in to the database pass
/// multifactor authentication? See learn.microsoft.com/graph/api/resources/conditionalaccesspolicy.
/// </summary>
internal sealed class ConditionalAccessPolicy
{
    /// <summary>The application that stands for Entra logins to PostgreSQL and MySQL: Azure OSSRDBMS Database.</summary>
    public const string DatabaseApplication = "123cd850-d9df-40bd-94d5-c9f07b7fa203";

    private readonly Resource _resource;
    private readonly string _prefix;

    /// <summary>Reads a policy, with its members under <c>properties</c> or at the root, as Graph itself gives them.</summary>
    public ConditionalAccessPolicy(Resource resource)
    {
        _resource = resource;
        _prefix = resource.Body.TryGetProperty("properties", out _) ? "properties." : "";
        DisplayName = Read("displayName");
        State = Read("state");
        Gap = FindGap();
        CoversDatabases = AsksForDatabases();
        CoversEveryUser = AsksEveryUser();
        Exclusions = CountExclusions();
        IsUnconditional = IsNarrowedByNothing();
        RequiresMultifactor = AsksForMultifactor();
        Enforces = State.Is("enabled").And(CoversDatabases).And(CoversEveryUser).And(IsUnconditional).And(RequiresMultifactor);
    }

    /// <summary>The name of the policy.</summary>
    public ResourceField DisplayName { get; }

    /// <summary><c>enabled</c>, <c>disabled</c> or <c>enabledForReportingButNotEnforced</c>.</summary>
    public ResourceField State { get; }

    /// <summary>The first reason for which something that matters is not known.</summary>
    public string? Gap { get; }

    /// <summary>Whether logins to the database fall under it. A filter by attributes of applications is not evaluated.</summary>
    public Truth CoversDatabases { get; }

    /// <summary>Whether it is for all users; exclusions are counted apart.</summary>
    public Truth CoversEveryUser { get; }

    /// <summary>How many users, groups and roles are left out, guests counting as one; null where that is not known.</summary>
    public int? Exclusions { get; }

    /// <summary>Whether nothing narrows when it applies.</summary>
    public Truth IsUnconditional { get; }

    /// <summary>
    /// Whether nobody gets past it without multifactor authentication: <c>mfa</c>, an authentication strength or a block,
    /// and no other control that would do instead.
    /// </summary>
    public Truth RequiresMultifactor { get; }

    /// <summary>Whether it makes everybody but its exclusions pass multifactor authentication.</summary>
    public Truth Enforces { get; }

    /// <summary>What keeps it from enforcing multifactor authentication, in words; what it does where nothing does.</summary>
    public string Shortcomings()
    {
        string[] parts = new[]
        {
            State.Is("enabled") == Truth.False ? "is not enforced" : "",
            CoversDatabases == Truth.False ? "does not cover the database application" : "",
            CoversEveryUser == Truth.False ? "is for nobody" : "",
            IsUnconditional == Truth.False ? "applies in some circumstances alone" : "",
            RequiresMultifactor == Truth.False ? "can be met without multifactor authentication" : "",
        }.Where(part => part.Length > 0).ToArray();
        if (parts.Length > 0) return string.Join(", ", parts);
        return Enforces == Truth.True ? $"enforces multifactor authentication with {Exclusions} exclusions" : "may enforce it";
    }

    private string? FindGap()
    {
        ResourceField[] read =
        [
            State, Application("includeApplications"), Application("excludeApplications"), Application("applicationFilter"),
            User("includeUsers"), User("excludeUsers"), Condition("clientAppTypes"), Read("grantControls"), Read("conditions"),
        ];
        return read.Select(reading => reading.UnknownReason).FirstOrDefault(gap => gap is not null);
    }

    private Truth AsksForDatabases()
    {
        ResourceField applications = Application("includeApplications");
        Truth included = applications.Holds("All").Or(applications.Holds(DatabaseApplication));
        Truth excluded = Application("excludeApplications").Holds(DatabaseApplication);
        Truth covered = included.And(excluded.Not());
        if (Application("applicationFilter").IsAbsent) return covered;

        // A filter may take the application in, or out again.
        return excluded == Truth.True ? Truth.False : Truth.Unknown;
    }

    private Truth AsksEveryUser()
    {
        ResourceField users = User("includeUsers");
        Truth all = users.Holds("All");
        if (all != Truth.False) return all;
        bool nobody = users.Holds("None") == Truth.True
            || (users.Count() == 0 && User("includeGroups").Count() == 0 && User("includeRoles").Count() == 0
                && User("includeGuestsOrExternalUsers").IsAbsent);
        return nobody ? Truth.False : Truth.Unknown;
    }

    private int? CountExclusions()
    {
        ResourceField outside = User("excludeGuestsOrExternalUsers");
        int? guests = outside.IsUnknown ? null : IsPresent(outside) ? 1 : 0;
        return User("excludeUsers").Count() + User("excludeGroups").Count() + User("excludeRoles").Count() + guests;
    }

    private Truth IsNarrowedByNothing() => AllClients
        .And(Unrestricted("platforms", "includePlatforms", "excludePlatforms", "all"))
        .And(Unrestricted("locations", "includeLocations", "excludeLocations", "All"))
        .And(Empty(Condition("signInRiskLevels"))).And(Empty(Condition("userRiskLevels")))
        .And(Empty(Condition("insiderRiskLevels"))).And(Empty(Condition("servicePrincipalRiskLevels")))
        .And(Empty(Condition("devices"))).And(Empty(Condition("deviceStates"))).And(Empty(Condition("authenticationFlows")));

    private Truth AsksForMultifactor()
    {
        ResourceField controls = Grant("builtInControls");
        ResourceField strength = Grant("authenticationStrength");
        Truth asks = controls.Holds("mfa").Or(controls.Holds("block")).Or(IsMultifactor(strength));
        int? alternatives = controls.Count() + Grant("customAuthenticationFactors").Count() + Grant("termsOfUse").Count()
            + (IsPresent(strength) ? 1 : 0);
        Truth only = alternatives is null ? Truth.Unknown : (alternatives <= 1).ToTruth();
        return asks.And(Grant("operator").Is("AND").Or(only));
    }

    private Truth AllClients
    {
        get
        {
            ResourceField clients = Condition("clientAppTypes");
            if (clients.IsAbsent) return Truth.True;
            return clients.Holds("all").Or(clients.Holds("browser").And(clients.Holds("mobileAppsAndDesktopClients")));
        }
    }

    private static Truth IsMultifactor(ResourceField strength)
    {
        if (!IsPresent(strength)) return strength.IsUnknown ? Truth.Unknown : Truth.False;
        bool weaker = strength.Value.ValueKind == JsonValueKind.Object
            && strength.Value.TryGetProperty("requirementsSatisfied", out JsonElement satisfied)
            && satisfied.ValueKind == JsonValueKind.String
            && !string.Equals(satisfied.GetString(), "mfa", StringComparison.OrdinalIgnoreCase);
        return (!weaker).ToTruth();
    }

    private Truth Unrestricted(string condition, string include, string exclude, string all)
    {
        ResourceField whole = Condition(condition);
        if (!IsPresent(whole)) return whole.IsUnknown ? Truth.Unknown : Truth.True;

        ResourceField included = Condition(condition + "." + include);
        Truth everything = included.IsAbsent ? Truth.True : included.Holds(all);
        return everything.And(Empty(Condition(condition + "." + exclude)));
    }

    private static Truth Empty(ResourceField list)
    {
        if (list.IsUnknown) return Truth.Unknown;
        if (list.IsAbsent) return Truth.True;
        return list.Value.ValueKind == JsonValueKind.Array ? (list.Value.GetArrayLength() == 0).ToTruth()
            : list.Value.ValueKind == JsonValueKind.Object ? (!HasContent(list.Value)).ToTruth()
            : (list.Text?.Length == 0).ToTruth();
    }

    private static bool HasContent(JsonElement value) =>
        value.EnumerateObject().Any(member => member.Value.ValueKind switch
        {
            JsonValueKind.Null => false,
            JsonValueKind.Array => member.Value.GetArrayLength() > 0,
            _ => true,
        });

    private static bool IsPresent(ResourceField field) => !field.IsUnknown && !field.IsAbsent;

    private ResourceField Application(string name) => Read("conditions.applications." + name);

    private ResourceField User(string name) => Read("conditions.users." + name);

    private ResourceField Condition(string name) => Read("conditions." + name);

    private ResourceField Grant(string name) => Read("grantControls." + name);

    private ResourceField Read(string path) => ResourceField.Of(_resource, _prefix + path);
}
