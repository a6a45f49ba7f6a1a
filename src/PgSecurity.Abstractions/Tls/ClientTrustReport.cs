using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity;

/// <summary>What clients that use one source of trusted certificates would trust of Azure's servers.</summary>
public sealed class ClientTrustReport
{
    /// <summary>The source: <c>SystemStore</c>, <c>PGSSLROOTCERT</c>, <c>UserFile</c> (<c>root.crt</c>) or <c>File</c>.</summary>
    public string Source { get; init; } = "";

    /// <summary>The file, or what the store is called.</summary>
    public string Location { get; init; } = "";

    /// <summary>The cloud whose servers are meant.</summary>
    public string Cloud { get; init; } = "";

    /// <summary>The certificates in it.</summary>
    public int CertificateCount { get; init; }

    /// <summary>The verdicts, each on its own.</summary>
    public IReadOnlyList<TlsCheck> Checks { get; init; } = Array.Empty<TlsCheck>();

    /// <summary>The worst of the verdicts that are more than informational: Fail before Unknown before Pass.</summary>
    public TlsOutcome Outcome
    {
        get
        {
            List<TlsOutcome> outcomes = Checks.Where(check => check.Severity > Severity.Informational).Select(check => check.Outcome).ToList();
            if (outcomes.Contains(TlsOutcome.Fail)) return TlsOutcome.Fail;
            return outcomes.Contains(TlsOutcome.Unknown) || !outcomes.Contains(TlsOutcome.Pass) ? TlsOutcome.Unknown : TlsOutcome.Pass;
        }
    }

    /// <summary>The names of the checks that failed and are more than informational.</summary>
    public IReadOnlyList<string> Failed => ReadableList<string>.Of(
        Checks.Where(check => check.Outcome == TlsOutcome.Fail && check.Severity > Severity.Informational).Select(check => check.Name));

    /// <summary>The verdict of a name, or null.</summary>
    public TlsCheck? Find(string name) => Checks.FirstOrDefault(check => check.Name == name);
}
