using System.Management.Automation;
using PgSecurity.Database.Masking;
using PgSecurity.Database.Sql;

namespace PgSecurity.Errors;

/// <summary>Error records of what the room of masking refuses, and of what a server says.</summary>
internal static class MaskingErrorRecords
{
    /// <summary>A refusal, under its own id.</summary>
    public static ErrorRecord Of(MaskingException cause) =>
        new(cause, cause.Id, CategoryOf(cause.Id), cause.Target) { ErrorDetails = new ErrorDetails(cause.Message) { RecommendedAction = cause.Advice } };

    /// <summary>What a server, or the way to it, refused.</summary>
    public static ErrorRecord Of(DatabaseException cause, string target) =>
        new(cause, "Database" + cause.Kind, cause.Kind == DatabaseFailure.Permission ? ErrorCategory.PermissionDenied : ErrorCategory.ResourceUnavailable, target)
        {
            ErrorDetails = new ErrorDetails(cause.Message) { RecommendedAction = cause.Advice.Length > 0 ? cause.Advice : "See what the server says; nothing was changed." },
        };

    /// <summary>A mask that was declared and does not mask.</summary>
    public static ErrorRecord NoEffect(MaskingChange change) =>
        New(
            $"{change.Target} is {change.Status} but does not mask: {string.Join("; ", change.Remarks)}",
            "MaskHasNoEffect", ErrorCategory.InvalidResult, change.Target,
            "Do not give data to readers who rely on it. Where the server keeps transparent masking off, use New-PgMaskingView and take the right to read the tables.");

    /// <summary>A label that reads back otherwise than it was written.</summary>
    public static ErrorRecord NotKept(MaskingChange change) =>
        New($"{change.Target}: the server took the change, but reads back '{change.After}'.", "ChangeNotKept", ErrorCategory.InvalidResult, change.Target, "See who else changes labels in this database.");

    /// <summary>A server file that has not the server.</summary>
    public static ErrorRecord ServerNotInFile(string file, string server) =>
        New($"{file} has no server whose name is '{server}'.", "ServerNotInFile", ErrorCategory.ObjectNotFound, file, "Save the server itself: az postgres flexible-server show --ids <id> > server.json.");

    private static ErrorRecord New(string message, string id, ErrorCategory category, object target, string advice) =>
        new(new PSInvalidOperationException(message), id, category, target) { ErrorDetails = new ErrorDetails(message) { RecommendedAction = advice } };

    private static ErrorCategory CategoryOf(string id) => id switch
    {
        "TableNotFound" or "ColumnNotFound" or "RoleNotFound" or "FunctionMissing" => ErrorCategory.ObjectNotFound,
        "NameTaken" or "FileExists" => ErrorCategory.ResourceExists,
        "PlanInvalid" or "PlanUnreadable" or "RuleInvalid" or "PlanIncomplete" or "PlanUnfit" => ErrorCategory.InvalidData,
        "AnonNotLoaded" or "AnonNotCreated" or "PgDumpMissing" or "PgDumpTooOld" => ErrorCategory.NotInstalled,
        "ServerIsProduction" or "ServerNotTagged" or "RawDataReadable" or "TriggersFire" => ErrorCategory.SecurityError,
        _ => ErrorCategory.InvalidOperation,
    };
}
