using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Database.Masking;

/// <summary>What of PostgreSQL Anonymizer is there: its library, its extension, its settings.</summary>
internal sealed class AnonExtension
{
    private const string State = """
        select (select extversion from pg_extension where extname = 'anon'),
          exists (select 1 from pg_settings where name like 'anon.%'),
          (select setting from pg_settings where name = 'anon.transparent_dynamic_masking'),
          (select context from pg_settings where name = 'anon.transparent_dynamic_masking'),
          exists (select 1 from pg_roles where rolname in ('azuresu', 'azure_superuser'))
        """;

    private readonly string _version;
    private readonly string _context;

    private AnonExtension(string? version, bool isLoaded, string? transparent, string? context, bool isAzure)
    {
        _version = version ?? "";
        _context = context ?? "";
        IsLoaded = isLoaded;
        IsTransparent = transparent is "on" or "true";
        IsAzure = isAzure;
    }

    /// <summary>Whether the library is loaded, so that it takes labels: it alone makes settings of its name, which any role sees.</summary>
    public bool IsLoaded { get; }

    /// <summary>Whether transparent masking is on for the server.</summary>
    public bool IsTransparent { get; }

    /// <summary>Whether the server is one of Azure.</summary>
    public bool IsAzure { get; }

    /// <summary>Whether the extension is in the database.</summary>
    public bool IsCreated => _version.Length > 0;

    /// <summary>Whether the engine can mask transparently: 2.0 and later.</summary>
    public bool CanMaskTransparently => Version.TryParse(_version, out Version? version) && version.Major >= 2;

    public static AnonExtension Read(MaskingDatabase database) => database.Query(
        State,
        row => new AnonExtension(row.IsDBNull(0) ? null : row.GetString(0), row.GetBoolean(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetBoolean(4))).Single();

    /// <summary>Ends where labels cannot be set.</summary>
    /// <exception cref="MaskingException">Library or extension is missing.</exception>
    public void Demand(MaskingDatabase database)
    {
        if (!IsLoaded)
            throw new MaskingException("AnonNotLoaded", database.Name, $"The library 'anon' is not loaded on {database.Target}: a masking rule would be refused.", "Add anon to azure.extensions and to shared_preload_libraries, restart the server, and run CREATE EXTENSION anon in the database. New-PgMaskingView masks without it.");
        if (!IsCreated)
            throw new MaskingException("AnonNotCreated", database.Name, $"The extension 'anon' is not in the database '{database.Name}'.", "Run CREATE EXTENSION anon in the database; its library is loaded already.");
    }

    /// <summary>What keeps rules from masking, in words.</summary>
    public IEnumerable<string> Prevents()
    {
        if (IsTransparent) yield break;
        if (!CanMaskTransparently) yield return $"anon {_version} masks only by the legacy engine (anon.start_dynamic_masking)";
        else if (IsAzure) yield return $"{TransparentMasking.Setting} is off, and Azure documents it as read-only: rules on columns and roles have no effect on what a role reads from a table; use masking views";
        else yield return $"{TransparentMasking.Setting} is off for the server{(_context.Length > 0 ? $" (it is set by: {_context})" : "")}: rules mask nothing until it is on for the role, the database or the server";
    }
}
