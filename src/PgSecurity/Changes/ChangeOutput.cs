using PgSecurity.Errors;
using PgSecurity.Pipeline;

namespace PgSecurity.Changes;

/// <summary>Writes a change, and an error for one that failed.</summary>
internal static class ChangeOutput
{
    /// <summary>Writes the change and, where it failed, an error.</summary>
    public static void Write(PgCmdlet cmdlet, Change change)
    {
        cmdlet.WriteObject(change);
        if (change.Status == ChangeStatus.Failed) cmdlet.WriteError(ErrorRecords.ChangeFailed(change, $"{change.ServerName} {change.Step}: {change.Reason}"));
    }

    /// <summary>For a cmdlet that sets one thing: the change only where it is asked for, what was not done always.</summary>
    public static void Report(PgCmdlet cmdlet, Change change, bool passThru)
    {
        if (passThru) cmdlet.WriteObject(change);
        switch (change.Status)
        {
            case ChangeStatus.Failed:
                cmdlet.WriteError(ErrorRecords.ChangeFailed(change, $"{change.ServerName} {change.Step}: {change.Reason}"));
                break;
            case ChangeStatus.Skipped:
                cmdlet.WriteError(ErrorRecords.ChangeRefused(change));
                break;
            case ChangeStatus.RestartRequired:
            case ChangeStatus.Changed when change.Reason.Length > 0:
                cmdlet.WriteWarning($"{change.ServerName} {change.Step}: {change.Reason}");
                break;
            case ChangeStatus.InDoubt:
                cmdlet.WriteVerbose($"{change.ServerName} {change.Step}: {change.Reason}");
                break;
        }
    }
}
