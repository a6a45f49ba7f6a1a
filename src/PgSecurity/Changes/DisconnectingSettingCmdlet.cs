using System.Management.Automation;
using PgSecurity.Core.Remediation.Guards;

namespace PgSecurity.Changes;

/// <summary>A cmdlet that sets something by which clients may lose their connection or their way in.</summary>
public abstract class DisconnectingSettingCmdlet : SettingCmdlet
{
    /// <summary>Lets clients lose their connection or their way in.</summary>
    [Parameter]
    public SwitchParameter AllowConnectivityLoss { get; set; }

    private protected override Consents Consents => new() { ConnectivityLoss = AllowConnectivityLoss };
}
