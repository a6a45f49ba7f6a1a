using System;
using System.Management.Automation;
using PgSecurity.Database.Masking;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Labels roles as masked and proves, by reading as each of them, whether the rules mask what it reads.</summary>
[Cmdlet(VerbsCommon.Set, "PgMaskedRole", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MaskingChange))]
public sealed class SetPgMaskedRoleCommand : MaskingChangeCmdlet
{
    /// <summary>The roles.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public string[] Role { get; set; } = Array.Empty<string>();

    /// <summary>Whether the label is taken away, so that the roles read everything as it is.</summary>
    [Parameter]
    public SwitchParameter Unmask { get; set; }

    /// <summary>Whether transparent masking is turned on for the roles in this database too, where the server lets it.</summary>
    [Parameter]
    public SwitchParameter TransparentMasking { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string role in Role)
        {
            WithDatabase(database =>
            {
                MaskedRoleState state = MaskedRole.Read(database, role);
                string change = $"Label: {state.Label ?? "none"} → {(Unmask ? "none; the role reads everything as it is" : "MASKED")}";
                if (!ShouldProcess($"{Server} role {role}", change)) return;
                Change("MaskedRole", new[] { role }, commit => new[] { MaskedRole.Apply(database, state, !Unmask, TransparentMasking, commit) });
            });
        }
    }
}
