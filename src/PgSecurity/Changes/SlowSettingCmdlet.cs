using System.Management.Automation;

namespace PgSecurity.Changes;

/// <summary>A cmdlet that sets something for which Azure takes minutes, and that need not be waited for.</summary>
public abstract class SlowSettingCmdlet : SettingCmdlet
{
    /// <summary>Whether the last request of each server is sent and left to Azure.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    private protected override bool IsNotWaitedFor => NoWait;
}
