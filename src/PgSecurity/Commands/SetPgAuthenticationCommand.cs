using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Net;
using System.Security;
using System.Text.Json.Nodes;
using PgSecurity.Changes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Targets;
using PgSecurity.Errors;

namespace PgSecurity.Commands;

/// <summary>Turns Entra authentication and passwords of servers on or off, in an order that locks nobody out.</summary>
[Cmdlet(VerbsCommon.Set, "PgAuthentication", SupportsShouldProcess = true)]
[OutputType(typeof(Change))]
public sealed class SetPgAuthenticationCommand : SlowDisconnectingSettingCmdlet
{
    /// <summary>Entra authentication: on or off.</summary>
    [Parameter]
    [ValidateSet("Enabled", "Disabled")]
    public string? Entra { get; set; }

    /// <summary>The tenant for Entra authentication.</summary>
    [Parameter]
    public string? TenantId { get; set; }

    /// <summary>Passwords: on or off.</summary>
    [Parameter]
    [ValidateSet("Enabled", "Disabled")]
    public string? Password { get; set; }

    /// <summary>The server's login, where passwords are turned on.</summary>
    [Parameter]
    public string? AdministratorLogin { get; set; }

    /// <summary>A new password for the login, where passwords are turned on.</summary>
    [Parameter]
    public SecureString? AdministratorPassword { get; set; }

    private protected override IReadOnlyList<string> Facets { get; } = new[] { FacetTypes.Administrators };

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Entra is null && Password is null) Wrong("Neither -Entra nor -Password is given.", "Say which is to be on or off.");
        if (Entra == "Enabled" && string.IsNullOrEmpty(TenantId)) Wrong("Entra authentication needs a tenant.", "Give -TenantId.");
        if (Password == "Enabled" && (string.IsNullOrEmpty(AdministratorLogin) || AdministratorPassword is null))
        {
            Wrong("Passwords are turned on only with the server's login and a new password for it.", "Give -AdministratorLogin and -AdministratorPassword.");
        }
    }

    private protected override IEnumerable<TargetChange> Changes(Posture posture)
    {
        // What opens comes before what closes.
        if (Entra == "Enabled")
        {
            yield return ServerSettings.Property(posture.Id, "authConfig", new JsonObject { ["activeDirectoryAuth"] = "Enabled", ["tenantId"] = TenantId });
        }

        if (Password is not null) yield return ServerSettings.Property(posture.Id, "authConfig", "passwordAuth", Password);
        if (Entra == "Disabled") yield return ServerSettings.Property(posture.Id, "authConfig", "activeDirectoryAuth", "Disabled");
    }

    private protected override ChangeItem Item(TargetChange change) => new(change, Array.Empty<string>())
    {
        AddSecret = change is ServerChange set && set.Sets("Enabled", "authConfig", "passwordAuth") ? WithLogin : null,
    };

    private JsonObject WithLogin(JsonObject body)
    {
        JsonObject properties = (JsonObject)body["properties"]!;
        properties["administratorLogin"] = AdministratorLogin;
        properties["administratorLoginPassword"] = new NetworkCredential("", AdministratorPassword).Password;
        return body;
    }

    private void Wrong(string message, string advice) => ThrowTerminatingError(ErrorRecords.ArgumentWrong(message, advice, null));
}
