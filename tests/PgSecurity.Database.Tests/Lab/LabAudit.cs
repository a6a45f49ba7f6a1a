using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Databases;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;
using PgSecurity.Database.Sql;

namespace PgSecurity.Database.Tests.Lab;

/// <summary>An audit of a lab, as the cmdlet makes it: every check read, every control on databases judged.</summary>
public static class LabAudit
{
    private static readonly Lazy<ControlCatalog> Loaded = new(() => ControlCatalog.Load(Path.Combine(Root(), "module", "Controls")));

    public static ControlCatalog Catalog => Loaded.Value;

    public static IReadOnlyList<ControlDefinition> Controls => Catalog.Controls.Where(control => control.Requires == ControlRequirement.Database).ToList();

    public static async Task<Posture> ReadAsync(LabCluster cluster, string role = LabCluster.Auditor, params string[] databases)
    {
        DatabaseReader reader = new(cluster.Target(role), databases);
        DateTimeOffset now = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);
        IReadOnlyList<Facet> facets = await reader.ReadAsync(ServerId.OfHost("127.0.0.1", cluster.Port), DatabaseChecks.All);
        return HostPosture.Create("127.0.0.1", cluster.Port, facets, now);
    }

    public static IReadOnlyList<Finding> Judge(Posture posture)
    {
        List<ControlError> errors = [];
        Evaluator evaluator = Evaluator.Create(Controls, ControlSettings.None, new EvaluatorOptions { LeaveOutUnasked = true, ExplainPassed = true }, errors);
        return errors.Count == 0 ? evaluator.Evaluate(posture).ToList() : throw new InvalidOperationException(string.Join('\n', errors));
    }

    public static async Task<IReadOnlyList<Finding>> FindAsync(LabCluster cluster, string role = LabCluster.Auditor, params string[] databases) =>
        Judge(await ReadAsync(cluster, role, databases));

    public static string Root()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "PgSecurity.sln")))
        {
            directory = Path.GetDirectoryName(directory);
        }

        return directory ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
