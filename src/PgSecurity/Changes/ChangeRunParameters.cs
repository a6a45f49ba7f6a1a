using System.Management.Automation;
using PgSecurity.Binding;
using PgSecurity.Core.Remediation.Guards;

namespace PgSecurity.Changes;

/// <summary>How a run of changes is made, as parameters of the cmdlets that make one: what is agreed to, and with which login.</summary>
internal sealed class ChangeRunParameters : DatabaseLoginParameters
{
    /// <summary>Whether the plan is written, and nothing is sent.</summary>
    [Parameter]
    public SwitchParameter PlanOnly { get; set; }

    /// <summary>Lets each server be restarted once.</summary>
    [Parameter]
    public SwitchParameter AllowRestart { get; set; }

    /// <summary>Lets clients lose their connection or their way in.</summary>
    [Parameter]
    public SwitchParameter AllowConnectivityLoss { get; set; }

    /// <summary>Lets what costs money be turned on.</summary>
    [Parameter]
    public SwitchParameter AllowCost { get; set; }

    /// <summary>Lets be done what cannot be taken back.</summary>
    [Parameter]
    public SwitchParameter AllowOneWay { get; set; }

    /// <summary>The folder for the journal.</summary>
    [Parameter]
    public string? JournalPath { get; set; }

    /// <summary>After how many failed changes nothing more is begun.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaxFailures { get; set; }

    /// <summary>How many servers at once; a primary and its replicas are taken one after another.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>The choices that these come to.</summary>
    /// <param name="callerAddress">The address that the caller comes from; null where it is not known.</param>
    /// <param name="recoveryPointLoss">Whether recovery points may be dropped.</param>
    public ChangeChoices Choices(string? callerAddress, bool recoveryPointLoss) => new(
        new Consents { Restart = AllowRestart, ConnectivityLoss = AllowConnectivityLoss, Cost = AllowCost, OneWay = AllowOneWay, RecoveryPointLoss = recoveryPointLoss },
        JournalPath,
        ThrottleLimit,
        MaxFailures,
        callerAddress);
}
