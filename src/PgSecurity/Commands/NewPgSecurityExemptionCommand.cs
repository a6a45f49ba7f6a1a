using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Azure.Arm;
using PgSecurity.Azure.Inventory;
using PgSecurity.Binding;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Findings;
using PgSecurity.Errors;
using PgSecurity.Pipeline;
using PgSecurity.Sessions;

namespace PgSecurity.Commands;

/// <summary>Adds exemptions to a file: of one's own, of findings in the pipeline, or those of Azure Policy.</summary>
[Cmdlet(VerbsCommon.New, "PgSecurityExemption", DefaultParameterSetName = EntrySet, SupportsShouldProcess = true)]
[OutputType(typeof(Exemption))]
public sealed class NewPgSecurityExemptionCommand : PgCmdlet
{
    private const string EntrySet = "Entry";
    private const string PolicySet = "PolicyExemption";
    private const string LiveSet = "AzurePolicy";

    private readonly Dictionary<string, SortedSet<string>> _controls = new(StringComparer.OrdinalIgnoreCase);
    private bool _isWhole = true;

    /// <summary>The file of exemptions; made where it is missing.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = "";

    /// <summary>What people call the exemption.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EntrySet)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The ARM id of a server, resource group or subscription, or a pattern of one.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = EntrySet)]
    [Alias("ResourceId", "Id")]
    [SupportsWildcards]
    public string[] Scope { get; set; } = Array.Empty<string>();

    /// <summary>The ids of the controls; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = EntrySet)]
    [Alias("ControlId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ControlIdCompleter))]
    public string[] Control { get; set; } = Array.Empty<string>();

    /// <summary>Why the risk is taken.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EntrySet)]
    [ValidateNotNullOrEmpty]
    public string Reason { get; set; } = "";

    /// <summary>Files with exemptions, assignments and initiatives of Azure Policy; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PolicySet)]
    [SupportsWildcards]
    public string[] PolicyExemption { get; set; } = Array.Empty<string>();

    /// <summary>Whether the exemptions of Azure Policy are read from Azure itself.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiveSet)]
    public SwitchParameter AzurePolicy { get; set; }

    /// <summary>The subscriptions whose exemptions are read, by id or name; all that the connection sees without it.</summary>
    [Parameter(ParameterSetName = LiveSet)]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    public string[] Subscription { get; set; } = Array.Empty<string>();

    /// <summary>Who answers for it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EntrySet)]
    [Parameter(ParameterSetName = PolicySet)]
    [Parameter(ParameterSetName = LiveSet)]
    [ValidateNotNullOrEmpty]
    public string? Owner { get; set; }

    /// <summary>The last day, UTC; or, with a time of day, the moment at which it ends.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EntrySet)]
    [Parameter(ParameterSetName = PolicySet)]
    [Parameter(ParameterSetName = LiveSet)]
    public DateTime ExpiresOn { get; set; }

    /// <summary>Whether an exemption of the same name is replaced.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string scope in Scope)
        {
            if (!_controls.TryGetValue(scope, out SortedSet<string>? controls)) _controls[scope] = controls = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
            controls.UnionWith(Control);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (FilePaths.ResolveLiteral(this, Path).FirstOrDefault() is not { } file) return;
        IReadOnlyList<Exemption> exemptions = ParameterSetName == EntrySet ? Entries(file) : OfAzurePolicy();

        // A script that reads what is exempt in Azure, and audits with it, needs the file also where nothing is.
        bool makesEmpty = exemptions.Count == 0 && ParameterSetName == LiveSet && _isWhole && !File.Exists(file);
        if (makesEmpty) WriteVerbose("Azure Policy exempts nothing that a control corresponds to.");
        if ((exemptions.Count == 0 && !makesEmpty) || !ShouldProcess(file, $"Add {(makesEmpty ? "no exemption" : string.Join("; ", exemptions))}")) return;
        try
        {
            ExemptionFileWriter.Add(file, exemptions, Force);
            WriteObject(exemptions, enumerateCollection: true);
        }
        catch (ControlFormatException wrong)
        {
            foreach (ControlError error in wrong.Errors)
            {
                WriteError(ErrorRecords.DefinitionInvalid("ExemptionInvalid", error));
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorRecords.OutputNotWritable(file, cause));
        }
    }

    private List<Exemption> Entries(string file)
    {
        ControlCatalog catalog = RunspaceState.Current.Library.Catalog;
        DateTimeOffset end = End();
        if (end <= DateTimeOffset.UtcNow)
        {
            ThrowTerminatingError(ErrorRecords.ArgumentUnfit("ExemptionExpired", "An exemption that has ended exempts nothing.", ExpiresOn, "Give a day from today on."));
        }

        List<Exemption> entries = new();
        foreach (KeyValuePair<string, SortedSet<string>> scope in _controls)
        {
            IReadOnlyList<string> strangers = catalog.Unmatched(new ControlSelection { Ids = scope.Value.ToList() });
            if (strangers.Count > 0)
            {
                ThrowTerminatingError(ErrorRecords.NameUnknown("ControlNotFound", string.Join(" ", strangers), "Get-PgSecurityControl lists what there is; Tab completes names."));
            }

            entries.Add(new Exemption
            {
                Name = _controls.Count == 1 ? Name : $"{Name} ({scope.Key.Substring(scope.Key.LastIndexOf('/') + 1)})",
                Scope = scope.Key,
                Controls = scope.Value.ToList(),
                Reason = Reason,
                Owner = Owner!,
                ExpiresOn = end,
                CreatedOn = DateTimeOffset.UtcNow,
                Source = file,
            });
        }

        return entries;
    }

    private IReadOnlyList<Exemption> OfAzurePolicy()
    {
        bool hasEnd = MyInvocation.BoundParameters.ContainsKey(nameof(ExpiresOn));
        PolicyExemptionReader reader = new(RunspaceState.Current.Library.Catalog, Owner, hasEnd ? End() : null);
        if (ParameterSetName == LiveSet) Stoppable(() => ReadAzure(reader));
        foreach (string path in FilePaths.Resolve(this, PolicyExemption)) reader.AddFile(path);
        ExemptionSet read = reader.Finish();
        foreach (string leftOut in reader.LeftOut) WriteVerbose($"Left out: {leftOut}.");
        foreach (ControlError error in read.Errors)
        {
            WriteError(ErrorRecords.DefinitionInvalid("PolicyExemptionUnread", error));
        }

        return read.Exemptions;
    }

    private void ReadAzure(PolicyExemptionReader reader)
    {
        Connection connection = ImplicitConnection.Require(this, Stop);
        List<(string What, ArmFault Fault)> failed = new();
        try
        {
            new PolicyExemptionSource(connection.Session, reader, Stop).ReadAsync(Subscription, (what, fault) => failed.Add((what, fault))).GetAwaiter().GetResult();
        }
        catch (ArmException error)
        {
            ThrowTerminatingError(ErrorRecords.ScopeUnreadable("the subscriptions", error.Fault));
        }

        connection.Requests.Show(this);
        _isWhole = failed.Count == 0;
        foreach ((string what, ArmFault fault) in failed) WriteError(ErrorRecords.ScopeUnreadable(what, fault));
    }

    /// <summary>A day is good to its end, in UTC.</summary>
    private DateTimeOffset End() => ExpiresOn.TimeOfDay == TimeSpan.Zero && ExpiresOn.Kind == DateTimeKind.Unspecified
        ? ExpiresOn.Date < DateTime.MaxValue.Date ? new DateTimeOffset(ExpiresOn.Date, TimeSpan.Zero).AddDays(1) : DateTimeOffset.MaxValue
        : new DateTimeOffset(ExpiresOn.ToUniversalTime());
}
