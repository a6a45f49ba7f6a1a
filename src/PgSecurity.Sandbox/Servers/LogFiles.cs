using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Servers;

/// <summary>Captured log files: those of the snapshot, whose download links were secrets and are gone.</summary>
internal sealed class LogFiles : ServerChild
{
    public override string Segment => "logFiles";
}
