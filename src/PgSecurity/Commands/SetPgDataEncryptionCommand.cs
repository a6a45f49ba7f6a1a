using System.Collections.Generic;
using System.Management.Automation;
using System.Text.Json.Nodes;
using PgSecurity.Changes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Targets;
using PgSecurity.Errors;

namespace PgSecurity.Commands;

/// <summary>Gives servers with a customer-managed key another one, or has them follow the newest version of theirs.</summary>
[Cmdlet(VerbsCommon.Set, "PgDataEncryption", DefaultParameterSetName = KeySet, SupportsShouldProcess = true)]
[OutputType(typeof(Change))]
public sealed class SetPgDataEncryptionCommand : SlowDisconnectingSettingCmdlet
{
    private const string KeySet = "Key";
    private const string FollowSet = "Follow";

    /// <summary>The URI of the key.</summary>
    [Parameter(ParameterSetName = KeySet)]
    public string? KeyUri { get; set; }

    /// <summary>The ARM id of the user-assigned identity that may use the key; the server's own where it is not given.</summary>
    [Parameter(ParameterSetName = KeySet)]
    public string? IdentityId { get; set; }

    /// <summary>The URI of the key for geo-redundant backups.</summary>
    [Parameter(ParameterSetName = KeySet)]
    public string? GeoKeyUri { get; set; }

    /// <summary>The ARM id of the identity that may use the geo-backup key; the server's own where it is not given.</summary>
    [Parameter(ParameterSetName = KeySet)]
    public string? GeoIdentityId { get; set; }

    /// <summary>Whether a key may be named with its version, so that the server stays with it.</summary>
    [Parameter(ParameterSetName = KeySet)]
    public SwitchParameter PinVersion { get; set; }

    /// <summary>Whether the keys that the server has are named without their version.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FollowSet)]
    public SwitchParameter FollowNewestVersion { get; set; }

    /// <summary>Lets be done what cannot be taken back: a first key for geo-redundant backups.</summary>
    [Parameter]
    public SwitchParameter AllowOneWay { get; set; }

    private protected override Consents Consents => base.Consents with { OneWay = AllowOneWay };

    private protected override IReadOnlyList<string> Facets { get; } = new[] { FacetTypes.Keys, FacetTypes.Vaults, FacetTypes.ManagedHsms, FacetTypes.ManagedHsmKeys };

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (FollowNewestVersion) return;
        if (KeyUri is null && GeoKeyUri is null && IdentityId is null && GeoIdentityId is null)
        {
            ThrowTerminatingError(ErrorRecords.ArgumentWrong("There is nothing to set.", "Give -KeyUri, -IdentityId, -GeoKeyUri or -GeoIdentityId, or -FollowNewestVersion.", ""));
        }

        CheckKey(KeyUri);
        CheckKey(GeoKeyUri);
        CheckIdentity(IdentityId);
        CheckIdentity(GeoIdentityId);
    }

    private void CheckKey(string? uri)
    {
        if (uri is null) return;
        if (EncryptionKeyUri.Parse(uri) is not EncryptionKeyUri key)
        {
            ThrowTerminatingError(ErrorRecords.ArgumentWrong($"'{uri}' is not the URI of a key.", "Give it as https://<vault>.vault.azure.net/keys/<name>.", uri));
        }
        else if (key.Version is not null && !PinVersion)
        {
            ThrowTerminatingError(ErrorRecords.ArgumentWrong(
                $"'{uri}' names one version of the key: the server would stay with it when the key is rotated.", "Leave the version out, or give -PinVersion if that is what you want.", uri));
        }
    }

    private void CheckIdentity(string? id)
    {
        if (id is null || ResourceNames.IsOfType(id, "Microsoft.ManagedIdentity/userAssignedIdentities")) return;
        ThrowTerminatingError(ErrorRecords.ArgumentWrong(
            $"'{id}' is not the ARM id of a user-assigned identity.", "Give it as /subscriptions/…/providers/Microsoft.ManagedIdentity/userAssignedIdentities/<name>.", id));
    }

    private protected override IEnumerable<TargetChange> Changes(Posture posture)
    {
        JsonObject block = new() { ["type"] = "AzureKeyVault" };
        Add(block, posture, "primary", KeyUri, IdentityId);
        Add(block, posture, "geoBackup", GeoKeyUri, GeoIdentityId);
        foreach (string? identity in new[] { IdentityId, GeoIdentityId })
        {
            if (identity is not null) yield return Assignment(posture.Id, identity);
        }

        yield return ServerSettings.Property(posture.Id, "dataEncryption", block);
    }

    /// <summary>What the block is to have of one key: what is given, and otherwise what the server has.</summary>
    private void Add(JsonObject block, Posture posture, string usage, string? key, string? identity)
    {
        string? now = ResourceField.Of(posture.Server, $"properties.dataEncryption.{usage}KeyURI").Text;
        string? wanted = key ?? (FollowNewestVersion ? WithoutVersion(now) : now);
        string? user = identity ?? ResourceField.Of(posture.Server, $"properties.dataEncryption.{usage}UserAssignedIdentityId").Text;
        if (wanted is not null) block[usage + "KeyURI"] = wanted;
        if (user is not null) block[usage + "UserAssignedIdentityId"] = user;
    }

    private static string? WithoutVersion(string? uri) =>
        EncryptionKeyUri.Parse(uri) is EncryptionKeyUri key ? $"https://{key.Host}/keys/{key.Name}" : uri;

    /// <summary>An identity that the server has stays as it is: nothing is sent.</summary>
    private static ServerChange Assignment(ServerId server, string identity) => new(server, "identity", new JsonObject
    {
        ["identity"] = new JsonObject { ["type"] = "UserAssigned", ["userAssignedIdentities"] = new JsonObject { [identity] = new JsonObject() } },
    });
}
