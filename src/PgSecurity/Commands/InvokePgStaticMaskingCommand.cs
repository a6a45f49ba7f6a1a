using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Database.Masking;
using PgSecurity.Errors;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Replaces the values of a plan's sensitive columns by masked ones, for good.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "PgStaticMasking", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MaskingChange))]
public sealed class InvokePgStaticMaskingCommand : MaskingChangeCmdlet
{
    /// <summary>The plan.</summary>
    [Parameter(Mandatory = true)]
    public string Plan { get; set; } = "";

    /// <summary>The server's JSON (an ARM resource or a snapshot), whose tags say what it is for.</summary>
    [Parameter]
    public string ServerFile { get; set; } = "";

    /// <summary>Consent to masking a server of which no tag says what it is for.</summary>
    [Parameter]
    public SwitchParameter AllowIrreversible { get; set; }

    /// <summary>Consent to masking a server whose tags say that it is productive.</summary>
    [Parameter]
    public SwitchParameter AllowProduction { get; set; }

    /// <summary>Whether columns that the plan does not name may stay as they are.</summary>
    [Parameter]
    public SwitchParameter AllowUndecided { get; set; }

    /// <summary>Whether tables whose triggers or rules fire on an update are masked all the same.</summary>
    [Parameter]
    public SwitchParameter AllowTrigger { get; set; }

    /// <summary>Whether a run is kept in which some values stayed the same.</summary>
    [Parameter]
    public SwitchParameter AllowEqual { get; set; }

    /// <summary>Whether the tables are not rewritten at the end; old versions of rows then stay on the disk for a while.</summary>
    [Parameter]
    public SwitchParameter SkipVacuum { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Guarded(() =>
    {
        ServerEnvironment environment = Environment();
        environment.Demand(Server, AllowProduction, AllowIrreversible);
        WithDatabase(database => Run(database, environment));
    });

    private void Run(MaskingDatabase database, ServerEnvironment environment)
    {
        StaticMaskingPlan plan = StaticMasking.Prepare(
            database, ReadPlan(Plan), new StaticMaskingOptions { AllowTrigger = AllowTrigger, AllowUndecided = AllowUndecided, AllowEqual = AllowEqual, Vacuum = !SkipVacuum });
        foreach (string remark in plan.Remarks) WriteWarning(remark);
        if (!ShouldProcess($"{Server}/{Database} ({environment.Words})", $"Destroy the values of {plan.Describe()}; this cannot be undone")) return;
        Change("StaticMask", new[] { Database }, commit => StaticMasking.Run(database, plan, commit));
    }

    /// <summary>What the server is for, from the tags in its file. A file that has another server says nothing of this one.</summary>
    private ServerEnvironment Environment()
    {
        if (ServerFile.Length == 0) return ServerEnvironment.NotKnown("its tags were not given");
        string path = FilePaths.ResolveLiteral(this, ServerFile).FirstOrDefault() ?? ServerFile;
        Posture? posture = PostureReader.Read(path).Select(result => result.Posture).FirstOrDefault(candidate => candidate is not null && IsThisServer(candidate));
        if (posture is not null) return ServerEnvironment.Of(TagsOf(posture));
        WriteError(MaskingErrorRecords.ServerNotInFile(path, Server));
        return ServerEnvironment.NotKnown($"{path} does not have it");
    }

    private bool IsThisServer(Posture posture) =>
        posture.Server.Body.TryGetProperty("properties", out JsonElement properties) && properties.ValueKind == JsonValueKind.Object
        && properties.TryGetProperty("fullyQualifiedDomainName", out JsonElement name) && name.ValueKind == JsonValueKind.String
        && string.Equals(name.GetString(), Server, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<KeyValuePair<string, string>> TagsOf(Posture posture) =>
        posture.Server.Body.TryGetProperty("tags", out JsonElement tags) && tags.ValueKind == JsonValueKind.Object
            ? tags.EnumerateObject().Where(tag => tag.Value.ValueKind == JsonValueKind.String).Select(tag => new KeyValuePair<string, string>(tag.Name, tag.Value.GetString()!))
            : Enumerable.Empty<KeyValuePair<string, string>>();
}
