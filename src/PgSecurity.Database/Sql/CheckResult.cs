using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Databases;
using PgSecurity.Core.Postures;

namespace PgSecurity.Database.Sql;

/// <summary>What one check came to so far: rows of the databases that were read, reasons for those that were not.</summary>
internal sealed class CheckResult
{
    private readonly ServerId _server;
    private readonly List<Resource> _resources = new();
    private readonly List<string> _gaps = new();
    private readonly HashSet<string> _ids = new(StringComparer.OrdinalIgnoreCase);
    private bool _anyRead;

    public CheckResult(ServerId server, DatabaseCheck check)
    {
        _server = server;
        Check = check;
    }

    /// <summary>The check.</summary>
    public DatabaseCheck Check { get; }

    /// <summary>Takes the rows of a database.</summary>
    public void Add(string database, IReadOnlyList<JsonElement> rows)
    {
        _anyRead = true;
        foreach (JsonElement row in rows)
        {
            _resources.Add(Distinct(DatabaseRow.ToResource(_server, Check, database, row)));
        }
    }

    /// <summary>Notes that a database, or the whole server, was not read.</summary>
    public void Miss(string? database, string reason) => _gaps.Add(
        database is null || Check.Scope == DatabaseScope.Server ? reason : $"database {database}: {reason}");

    /// <summary>What of the server was looked at; null for the whole.</summary>
    public string? Scope { get; set; }

    /// <summary>The facet.</summary>
    public Facet ToFacet()
    {
        if (_gaps.Count == 0) return new Facet(Check.Type, _resources) { Scope = Scope };
        string reason = string.Join("; ", _gaps.Distinct(StringComparer.Ordinal).Take(5));
        return new Facet(Check.Type, _resources, new FacetGap(_anyRead ? FacetGapKind.Partial : FacetGapKind.Unavailable, reason)) { Scope = Scope };
    }

    // Names that differ in case only are two objects in PostgreSQL and one id in ARM.
    private Resource Distinct(Resource resource)
    {
        string id = resource.Id;
        for (int copy = 2; !_ids.Add(id); copy++)
        {
            id = string.Format(CultureInfo.InvariantCulture, "{0}~{1}", resource.Id, copy);
        }

        return id == resource.Id ? resource : new Resource(id, resource.Type, resource.Name, resource.Body);
    }
}
