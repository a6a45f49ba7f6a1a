using System.Collections.Generic;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>Keeps changes from locking people out, breaking the server, costing money or never coming back, unasked.</summary>
public interface IGuard
{
    /// <summary>What stands against a change; nothing where the guard is not concerned. What it cannot tell, it refuses.</summary>
    IEnumerable<GuardVerdict> Judge(GuardedChange change);
}
