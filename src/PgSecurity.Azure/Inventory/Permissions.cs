using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Azure.Arm;
using PgSecurity.Core;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Inventory;

/// <summary>
/// What an identity may do at a scope, as ARM lists it (<c>Microsoft.Authorization/permissions</c>): allowed where one
/// role allows it and does not take it back. Conditions and deny assignments are not in that list.
/// </summary>
public sealed class Permissions
{
    private readonly IReadOnlyList<(string[] Actions, string[] NotActions)> _grants;

    private Permissions(IReadOnlyList<(string[] Actions, string[] NotActions)> grants, ArmFault? fault)
    {
        _grants = grants;
        Fault = fault;
    }

    /// <summary>Why they are not known; null where they are.</summary>
    public ArmFault? Fault { get; }

    /// <summary>Whether an action is allowed, for sure.</summary>
    public bool Allows(string action) =>
        _grants.Any(grant => grant.Actions.Any(pattern => Wildcard.Matches(action, pattern)) && !grant.NotActions.Any(pattern => Wildcard.Matches(action, pattern)));

    internal static Permissions Unknown(ArmFault fault) => new(Array.Empty<(string[], string[])>(), fault);

    internal static Permissions Of(ArmListing listing) =>
        new(listing.Items.Select(item => (Texts(item, "actions"), Texts(item, "notActions"))).ToList(), listing.Fault);

    private static string[] Texts(JsonElement item, string name)
    {
        JsonElement list = ResourceField.In(item, name).Value;
        return list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(text => text.ValueKind == JsonValueKind.String).Select(text => text.GetString()!).ToArray()
            : Array.Empty<string>();
    }
}
