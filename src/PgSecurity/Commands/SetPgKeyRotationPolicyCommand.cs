using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using PgSecurity.Changes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using PgSecurity.Core.Remediation;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Targets;
using PgSecurity.Errors;

namespace PgSecurity.Commands;

/// <summary>Sets how the keys of servers are rotated, in the vaults that keep them.</summary>
[Cmdlet(VerbsCommon.Set, "PgKeyRotationPolicy", DefaultParameterSetName = AfterSet, SupportsShouldProcess = true)]
[OutputType(typeof(Change))]
public sealed class SetPgKeyRotationPolicyCommand : SettingCmdlet
{
    private const string AfterSet = "AfterCreation";
    private const string BeforeSet = "BeforeExpiry";

    /// <summary>How many days after a version was made the next one is.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = AfterSet)]
    [ValidateRange(7, 36500)]
    public int RotateAfterDays { get; set; }

    /// <summary>How many days before a version expires the next one is made.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BeforeSet)]
    [ValidateRange(7, 36500)]
    public int RotateBeforeExpiryDays { get; set; }

    /// <summary>After how many days new versions expire.</summary>
    [Parameter(ParameterSetName = AfterSet)]
    [Parameter(Mandatory = true, ParameterSetName = BeforeSet)]
    [ValidateRange(28, 36500)]
    public int? ExpireAfterDays { get; set; }

    /// <summary>How many days before a version expires Event Grid tells of it.</summary>
    [Parameter]
    [ValidateRange(7, 36500)]
    public int? NotifyBeforeExpiryDays { get; set; }

    /// <summary>Which of the server's keys.</summary>
    [Parameter]
    [ValidateSet("Primary", "GeoBackup", "All")]
    public string Usage { get; set; } = "All";

    private protected override IReadOnlyList<string> Facets { get; } = new[] { FacetTypes.Keys, FacetTypes.Vaults, FacetTypes.ManagedHsms, FacetTypes.ManagedHsmKeys };

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (ExpireAfterDays is not int expiry)
        {
            if (NotifyBeforeExpiryDays is not null) Refuse("Without an expiry nobody can be told before it.", "Give -ExpireAfterDays too.");
            return;
        }

        int rotation = ParameterSetName == AfterSet ? RotateAfterDays : expiry - RotateBeforeExpiryDays;
        if (rotation < 7 || expiry - rotation < 7)
        {
            Refuse(
                $"A version that expires after {expiry} days and is followed after {rotation} leaves less than 7 days between.",
                "Rotate at least 7 days after a version was made and at least 7 days before it expires; a month before is better.");
        }
    }

    private void Refuse(string message, string advice) => ThrowTerminatingError(ErrorRecords.ArgumentWrong(message, advice, ""));

    private protected override IEnumerable<TargetChange> Changes(Posture posture)
    {
        List<TargetChange> changes = Usages
            .Select(usage => EncryptionKeyUri.Parse(ResourceField.Of(posture.Server, $"properties.dataEncryption.{usage}KeyURI").Text))
            .OfType<EncryptionKeyUri>()
            .Select(key => (TargetChange)new RotationPolicyChange(posture.Id, $"https://{key.Host}/keys/{key.Name}/rotationpolicy", $"{key.StoreName}/{key.Name}", Policy()))
            .GroupBy(change => change.Id, StringComparer.OrdinalIgnoreCase)
            .Select(same => same.First())
            .ToList();
        return changes.Count > 0
            ? changes
            : throw new RemediationException("The server has no customer-managed key: the service manages the key, and rotates it. Whether a server has one is chosen when it is created.");
    }

    private IEnumerable<string> Usages => Usage switch
    {
        "Primary" => new[] { "primary" },
        "GeoBackup" => new[] { "geoBackup" },
        _ => new[] { "primary", "geoBackup" },
    };

    private JsonObject Policy()
    {
        JsonArray actions = new()
        {
            ParameterSetName == AfterSet ? Action("Rotate", "timeAfterCreate", RotateAfterDays) : Action("Rotate", "timeBeforeExpiry", RotateBeforeExpiryDays),
        };
        if (NotifyBeforeExpiryDays is int days) actions.Add(Action("Notify", "timeBeforeExpiry", days));
        JsonObject attributes = new();
        if (ExpireAfterDays is int expiry) attributes["expiryTime"] = $"P{expiry}D";
        return new JsonObject { ["lifetimeActions"] = actions, ["attributes"] = attributes };
    }

    private static JsonObject Action(string type, string trigger, int days) => new()
    {
        ["trigger"] = new JsonObject { [trigger] = $"P{days}D" },
        ["action"] = new JsonObject { ["type"] = type },
    };
}
