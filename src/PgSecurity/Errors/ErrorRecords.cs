using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Azure.Arm;
using PgSecurity.Azure.Inventory;
using PgSecurity.Core;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Postures.Reading;

namespace PgSecurity.Errors;

/// <summary>
/// The one place where error records are made, so that each has an id, a fitting category, the thing that it is about as
/// target, and advice under <c>ErrorDetails.RecommendedAction</c>.
/// </summary>
internal static class ErrorRecords
{
    /// <summary>A restore that was refused before anything was made.</summary>
    public static ErrorRecord RestoreNotTried(RestoreTest result) =>
        New(
            new InvalidOperationException($"{result.ServerName}: no restore was tried. {result.Reason}"),
            "RestoreNotTried",
            ErrorCategory.OperationStopped,
            result.ResourceId,
            "The reason names what stands against it, or the switch that lets it through. Nothing is said about the backups.");

    /// <summary>A temporary server that could not be deleted.</summary>
    public static ErrorRecord RestoredServerLeft(RestoreTest result) =>
        New(
            new InvalidOperationException($"{result.ServerName}: the temporary server was not deleted. {result.Reason}"),
            "RestoredServerLeft",
            ErrorCategory.ResourceBusy,
            result.RestoredServerId,
            $"It costs money and holds the data: Undo-PgSecurityChange -RunId {result.RunId} deletes it, or delete {result.RestoredServerId} by hand.");

    /// <summary>A file, a line or a document of the input that cannot be read.</summary>
    public static ErrorRecord InputUnreadable(InputError error) =>
        New(new FormatException($"{PlaceOf(error)}: {error.Reason.TrimEnd('.')}."), "InputUnreadable", ErrorCategory.InvalidData, PlaceOf(error), error.Advice);

    /// <summary>A path that names no file.</summary>
    public static ErrorRecord PathNotFound(string path, Exception? cause = null) =>
        New(
            new ItemNotFoundException($"There is no file '{path}'.", cause),
            "PathNotFound",
            ErrorCategory.ObjectNotFound,
            path,
            ServerId.TryParse(path, out _)
                ? "This is the ARM id of a server, not a file. Give it to -ResourceId, or through the pipeline, to read the server from Azure."
                : "Correct the path; wildcards are allowed in -Path. A JSON text goes through the pipeline or to -InputObject.");

    /// <summary>What is said where the login for databases is given and they are not asked for.</summary>
    public const string DatabaseNotAskedFor =
        "-Credential, -UserName, -Database, -RootCertificate and -WantedGrants are for databases, which are looked into with -IncludeDatabase or -Server only.";

    /// <summary>Databases are asked for without a login, and no connection has one.</summary>
    public static ErrorRecord CredentialMissing(IReadOnlyCollection<string>? tried = null) =>
        New(
            new ArgumentException("Databases need a login, and none was given." + (tried is null ? "" : " Tried the connection to Azure: " + string.Join("; ", tried) + ".")),
            "CredentialMissing",
            ErrorCategory.InvalidArgument,
            null,
            "Give -Credential, a role with its password or an Entra token, or connect to Azure (Connect-PgSecurity) as an identity that is a role of the server.");

    /// <summary>A connection whose identity's role in the server is not known.</summary>
    public static ErrorRecord UserNameMissing(string? account) =>
        New(
            new ArgumentException($"The name that the connection's identity ({account ?? "not known"}) has as a role of the server is not known: an application's is its display name."),
            "UserNameMissing",
            ErrorCategory.InvalidArgument,
            account,
            "Give -UserName: the application's, managed identity's or group's role in the server.");

    /// <summary>A file of wanted grants that is none.</summary>
    public static ErrorRecord WantedGrantsInvalid(FormatException cause, string path) =>
        New(cause, "WantedGrantsInvalid", ErrorCategory.InvalidData, path, "docs/guides/database.md shows the format.");

    /// <summary>A path outside the file system.</summary>
    public static ErrorRecord PathNotInFileSystem(string path) =>
        New(
            new ArgumentException($"'{path}' is not a path of the file system."),
            "PathNotInFileSystem",
            ErrorCategory.InvalidArgument,
            path,
            "Name a file.");

    /// <summary>A file of controls, profiles, definitions or exemptions that is wrong, or one entry of it.</summary>
    public static ErrorRecord DefinitionInvalid(string id, ControlError error) =>
        New(
            new FormatException($"{error.File}{(error.Pointer.Length == 0 ? "" : "#" + error.Pointer)}: {error.Reason}"),
            id,
            ErrorCategory.InvalidData,
            error.File,
            error.Advice);

    /// <summary>Values for parameters that are wrong: all that is wrong with them.</summary>
    public static ErrorRecord ParametersInvalid(ControlFormatException cause) =>
        New(
            cause,
            "ParametersInvalid",
            ErrorCategory.InvalidArgument,
            cause.Errors.FirstOrDefault()?.File,
            string.Join(" ", cause.Errors.Select(error => error.Advice).Distinct()));

    /// <summary>A profile that there is not.</summary>
    public static ErrorRecord ProfileNotFound(string name, IReadOnlyCollection<string> known) =>
        New(
            new ItemNotFoundException($"There is no profile '{name}'."),
            "ProfileNotFound",
            ErrorCategory.ObjectNotFound,
            name,
            NearestNames.Advice(name, known, $"There are {string.Join(", ", known)}."));

    /// <summary>A control, section or benchmark that there is not.</summary>
    public static ErrorRecord NameUnknown(string id, string message, string advice) =>
        New(new ItemNotFoundException(message), id, ErrorCategory.ObjectNotFound, message, advice);

    /// <summary>A selection that no control meets: with nothing checked, silence would read as a pass.</summary>
    /// <param name="areInvalid">Whether there are some, and none is valid.</param>
    public static ErrorRecord NothingSelected(bool areInvalid = false) =>
        New(
            new ArgumentException(areInvalid ? "No definition is left that could be checked: nothing was checked." : "No control meets the selection: nothing would be checked."),
            "NothingSelected",
            ErrorCategory.InvalidArgument,
            null,
            areInvalid ? "Correct what the errors before this one name." : "Widen -Control, -Section, -Severity, -Profile or -Benchmark; Get-PgSecurityControl takes the same parameters and shows what they select.");

    /// <summary>Findings without those that passed: no score can be made of them.</summary>
    public static ErrorRecord ScoreNeedsPassed() =>
        New(
            new ArgumentException("None of the findings passed, so no score can be told from a list that leaves out what passed."),
            "ScoreNeedsPassed",
            ErrorCategory.InvalidArgument,
            null,
            "Use Get-PgSecurityFinding -IncludePassed | Measure-PgSecurity, or give Measure-PgSecurity the servers themselves.");

    /// <summary>A control that broke while it was evaluated: a defect of ours, never a verdict.</summary>
    public static ErrorRecord EvaluationBroken(string server, Exception cause) =>
        New(
            new InvalidOperationException($"{server}: the controls could not be evaluated: {cause.Message}", cause),
            "EvaluationBroken",
            ErrorCategory.InvalidResult,
            server,
            "Nothing is said about this server. Please report it, with the control and the shape of the resource.");

    /// <summary>A folder to write to that is a file.</summary>
    public static ErrorRecord OutputIsFile(string path) =>
        New(new IOException($"'{path}' is a file; a folder is expected."), "OutputIsFile", ErrorCategory.InvalidArgument, path, "Name a folder; it is made where it is missing.");

    /// <summary>A folder to write to that has content.</summary>
    public static ErrorRecord OutputNotEmpty(string path) =>
        New(
            new IOException($"The folder '{path}' is not empty: files of an earlier export would be taken for parts of this one."),
            "OutputNotEmpty",
            ErrorCategory.ResourceExists,
            path,
            "Name another folder, empty it, or give -Force to write over what is there.");

    /// <summary>A file that cannot be written.</summary>
    public static ErrorRecord OutputNotWritable(string path, Exception cause) =>
        New(
            new IOException($"'{path}' cannot be written: {cause.Message}", cause),
            "OutputNotWritable",
            ErrorCategory.WriteError,
            path,
            "Check the path, your right to write there, and the space that is left.");

    /// <summary>A value of a parameter that does not fit.</summary>
    public static ErrorRecord ArgumentUnfit(string id, string message, object? value, string advice) =>
        New(new ArgumentException(message), id, ErrorCategory.InvalidArgument, value, advice);

    /// <summary>An object in the pipeline that is no finding.</summary>
    public static ErrorRecord NotAFinding(PSObject item) =>
        New(
            new ArgumentException($"An object of the type {item.BaseObject.GetType().Name} is not a finding."),
            "NotAFinding",
            ErrorCategory.InvalidType,
            item,
            "Pipe in what Get-PgSecurityFinding writes, whole: Select-Object takes away what a report needs (ResourceId, ControlId, Severity, Outcome).");

    /// <summary>A report without a format: neither asked for nor told by the file's name.</summary>
    public static ErrorRecord ReportFormatUnknown(string? path) =>
        New(
            new ArgumentException(string.IsNullOrEmpty(path) ? "A report without a file needs a format." : $"The name '{path}' does not tell a format."),
            "ReportFormatUnknown",
            ErrorCategory.InvalidArgument,
            path,
            "Give -Format, or a name that ends in .html, .md, .csv, .json, .sarif, .oscal.json or .xml (JUnit).");

    /// <summary>A report whose file is there.</summary>
    public static ErrorRecord ReportExists(string path) =>
        New(
            new IOException($"There is a file '{path}' already."),
            "ReportExists",
            ErrorCategory.ResourceExists,
            path,
            "Give -Force to replace it, or another name.");

    /// <summary>A report that cannot be written.</summary>
    public static ErrorRecord ReportUnwritable(string path, Exception cause) =>
        New(
            new IOException($"The report '{path}' could not be written: {cause.Message}", cause),
            "ReportUnwritable",
            ErrorCategory.WriteError,
            path,
            "Check that the folder exists, that you may write to it and that the file is not open elsewhere. Nothing was left behind.");

    /// <summary>An earlier report that gives no score for the trend.</summary>
    public static ErrorRecord HistoryUnreadable(string path, Exception cause) =>
        New(
            new FormatException($"The earlier report '{path}' could not be read: {cause.Message}", cause),
            "HistoryUnreadable",
            ErrorCategory.InvalidData,
            path,
            "-History takes reports that Export-PgSecurityReport -Format Json wrote.");

    /// <summary>A byte order mark for a format that has none.</summary>
    public static ErrorRecord ByteOrderMarkOutsideCsv(ReportFormat format) =>
        New(
            new ArgumentException($"A byte order mark is for CSV, not for {format}."),
            "ByteOrderMarkOutsideCsv",
            ErrorCategory.InvalidArgument,
            format,
            "Leave out -ByteOrderMark: its readers take the file as UTF-8.");

    /// <summary>Roots to trust that cannot be read: with others than those that were meant, every verdict would be wrong.</summary>
    public static ErrorRecord RootsUnreadable(string path, Exception cause) =>
        New(
            new IOException($"The roots to trust cannot be read: {cause.Message}", cause),
            "RootsUnreadable",
            ErrorCategory.InvalidData,
            path,
            "Name a file with certificates in PEM, one after another, or one certificate in DER.");

    /// <summary>A server whose host name the input does not say.</summary>
    public static ErrorRecord HostNameUnknown(string server) =>
        New(
            new ArgumentException($"{server}: the input does not say the server's host name (fullyQualifiedDomainName)."),
            "HostNameUnknown",
            ErrorCategory.InvalidData,
            server,
            "Give the whole server, or its name to -HostName.");

    /// <summary>No way to connect: all that was tried, and why each failed.</summary>
    public static ErrorRecord NotConnected(IReadOnlyCollection<string> tried) =>
        New(
            new InvalidOperationException("There is no connection to Azure. Tried: " + string.Join("; ", tried) + "."),
            "NotConnected",
            ErrorCategory.AuthenticationError,
            null,
            "Run Connect-AzAccount (Az), az login (Azure CLI), or Connect-PgSecurity with a credential; Connect-PgSecurity -Sandbox needs none.");

    /// <summary>A credential that gives no token.</summary>
    public static ErrorRecord CredentialRefused(string source, Exception cause) =>
        New(
            new InvalidOperationException($"{source}: {cause.Message}"),
            "CredentialRefused",
            ErrorCategory.AuthenticationError,
            source,
            "Check tenant, application and secret or certificate, and that the cloud is the right one (-Cloud).");

    /// <summary>A server that could not be read at all.</summary>
    public static ErrorRecord ServerUnreadable(string server, ArmFault fault) =>
        New(new InvalidOperationException(fault.ToString()), "Server" + WhyOf(fault), CategoryOf(fault), server, AdviceOf(fault));

    /// <summary>Kinds of resources of a server that could not be read: its controls that need them are unknown.</summary>
    public static ErrorRecord ServerPartlyUnreadable(string server, IReadOnlyList<CollectionFault> faults) =>
        New(
            new InvalidOperationException(
                $"{server}: {string.Join("; ", faults.Select(fault => LastOf(fault.Type) + ": " + fault.Fault.ToString().TrimEnd('.')))}. What needs them is Unknown."),
            "ServerPartly" + WhyOf(faults[0].Fault),
            CategoryOf(faults[0].Fault),
            server,
            AdviceOf(faults));

    /// <summary>Something that many servers share, such as an alert of the subscription, that could not be read: the controls that need it are unknown.</summary>
    public static ErrorRecord SharedUnreadable(ArmFault fault) =>
        New(new InvalidOperationException($"{fault} What needs it is Unknown."), "Shared" + WhyOf(fault), CategoryOf(fault), fault.Path, AdviceOf(fault));

    /// <summary>A scope that could not be read: no finding speaks of what is in it.</summary>
    public static ErrorRecord ScopeUnreadable(string scope, ArmFault fault) =>
        New(new InvalidOperationException(scope == fault.Path ? fault.ToString() : $"{scope}: {fault}"), "Scope" + WhyOf(fault), CategoryOf(fault), scope, AdviceOf(fault));

    /// <summary>An id that is no server's.</summary>
    public static ErrorRecord NotAServerId(string text) =>
        New(
            new FormatException($"'{text}' is not the id of a flexible server."),
            "NotAServerId",
            ErrorCategory.InvalidArgument,
            text,
            "Expected /subscriptions/<id>/resourceGroups/<name>/providers/Microsoft.DBforPostgreSQL/flexibleServers/<server>.");

    /// <summary>An argument that does not go with the others, or is not what it should be.</summary>
    public static ErrorRecord ArgumentWrong(string message, string advice, object? target = null) =>
        New(new ArgumentException(message), "ArgumentWrong", ErrorCategory.InvalidArgument, target, advice);

    private static string LastOf(string type) => type.Substring(type.LastIndexOf('/') + 1);

    private static string WhyOf(ArmFault fault) => fault.Kind switch
    {
        ArmFaultKind.Forbidden => "Forbidden",
        ArmFaultKind.Unauthorized => "Unauthorized",
        ArmFaultKind.NotFound => "NotFound",
        ArmFaultKind.Throttled => "Throttled",
        ArmFaultKind.Timeout => "TimedOut",
        _ => "Unreadable",
    };

    private static ErrorCategory CategoryOf(ArmFault fault) => fault.Kind switch
    {
        ArmFaultKind.Forbidden => ErrorCategory.PermissionDenied,
        ArmFaultKind.Unauthorized => ErrorCategory.AuthenticationError,
        ArmFaultKind.NotFound => ErrorCategory.ObjectNotFound,
        ArmFaultKind.Throttled => ErrorCategory.LimitsExceeded,
        ArmFaultKind.Timeout => ErrorCategory.OperationTimeout,
        ArmFaultKind.Network or ArmFaultKind.Dns or ArmFaultKind.Tls => ErrorCategory.ConnectionError,
        ArmFaultKind.Malformed => ErrorCategory.InvalidData,
        _ => ErrorCategory.ResourceUnavailable,
    };

    private static string AdviceOf(IReadOnlyList<CollectionFault> faults)
    {
        List<string> missing = faults.Select(fault => fault.Fault.MissingAction).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return missing.Count > 1
            ? $"Give the identity a role with {string.Join(", ", missing)} at this scope, such as Reader; Test-PgSecurityPermission lists all that is missing."
            : AdviceOf(faults[0].Fault);
    }

    private static string AdviceOf(ArmFault fault) => fault.Kind switch
    {
        ArmFaultKind.Forbidden when fault.MissingAction is not null =>
            $"Give the identity a role with {fault.MissingAction} at this scope, such as Reader; Test-PgSecurityPermission lists all that is missing.",
        ArmFaultKind.Forbidden => "Give the identity a role that may read this, such as Reader; for Microsoft Graph the permissions Policy.Read.All and Directory.Read.All.",
        ArmFaultKind.Unauthorized => "Connect again: Connect-PgSecurity.",
        ArmFaultKind.NotFound => "Check the name or id, and that the identity sees the subscription (Get-PgSecurityContext).",
        ArmFaultKind.BadRequest when fault.Code == "InvalidQuery" =>
            "Correct -Filter: it is a condition of Resource Graph, as after where, such as properties.version == '16'.",
        ArmFaultKind.BadRequest when fault.Code == "ManagementGroupsContainInvalidIds" =>
            "Give the management group's id, not the name that the portal displays; the root group has the tenant's id.",
        ArmFaultKind.Dns or ArmFaultKind.Network or ArmFaultKind.Timeout =>
            "Check the network, the proxy (HTTPS_PROXY) and, where it was given, -Endpoint; then try again.",
        ArmFaultKind.Tls => "Something between here and Azure, or -Endpoint, has a certificate that this machine does not trust: have its authority added to the machine's store.",
        ArmFaultKind.Throttled => "Try again in a few minutes, or lower -ThrottleLimit.",
        _ => "Try again; if it stays so, open a support case with the request id.",
    };

    /// <summary>A key that cannot be used: nothing is protected or opened without it.</summary>
    public static ErrorRecord KeyUnusable(Exception cause, string advice) => New(cause, "KeyUnusable", ErrorCategory.SecurityError, null, advice);

    /// <summary>A value that does not open. The value itself is no target, since the record may be logged.</summary>
    public static ErrorRecord ValueDoesNotOpen(Exception cause, string advice) => New(cause, "ValueDoesNotOpen", ErrorCategory.SecurityError, null, advice);

    /// <summary>A key file that is there already.</summary>
    public static ErrorRecord KeyFileExists(string path) =>
        New(
            new IOException($"There is a file '{path}' already: a key that is written over takes every value that it protected with it."),
            "KeyFileExists",
            ErrorCategory.ResourceExists,
            path,
            "Name another file. A new key is a new file; the old one stays to open old values.");

    /// <summary>Client-side encryption on Windows PowerShell.</summary>
    public static ErrorRecord EncryptionNeedsPowerShell7() =>
        New(
            new PlatformNotSupportedException("Client-side encryption needs PowerShell 7.4 or later: the .NET Framework of Windows PowerShell has neither AES-GCM nor HKDF."),
            "EncryptionNeedsPowerShell7",
            ErrorCategory.NotImplemented,
            null,
            "Run it in PowerShell 7 (pwsh): https://aka.ms/powershell");

    /// <summary>A change that failed.</summary>
    public static ErrorRecord ChangeFailed(object target, string message) =>
        New(
            new InvalidOperationException(message),
            "ChangeFailed",
            ErrorCategory.WriteError,
            target,
            "The journal (Get-PgSecurityChange) says what was sent. The same command can be run again: what is done already is not done twice.");

    /// <summary>A change that a guard refused, or that needs a consent.</summary>
    public static ErrorRecord ChangeRefused(Change change) =>
        New(
            new InvalidOperationException($"{change.ServerName} {change.Step}: not changed. {change.Reason}"),
            "ChangeRefused",
            ErrorCategory.PermissionDenied,
            change,
            "The reason names what stands against it, or the switch that lets it through.");

    /// <summary>No change of the journals meets what was asked for.</summary>
    public static ErrorRecord ChangeNotFound(string folder) =>
        New(
            new ItemNotFoundException($"No change in {folder} meets what was asked for."),
            "ChangeNotFound",
            ErrorCategory.ObjectNotFound,
            folder,
            "Get-PgSecurityChange shows what the journals have; -JournalPath names another folder.");

    private static string PlaceOf(InputError error)
    {
        string place = error.Line > 0 ? FormattableString.Invariant($"{error.File}:{error.Line}") : error.File;
        return string.IsNullOrEmpty(error.Pointer) ? place : $"{place} at {error.Pointer}";
    }

    private static ErrorRecord New(Exception cause, string id, ErrorCategory category, object? target, string advice) =>
        new(cause, id, category, target)
        {
            ErrorDetails = new ErrorDetails(cause.Message) { RecommendedAction = advice },
        };
}
