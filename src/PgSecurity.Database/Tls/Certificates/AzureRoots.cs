using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Defaults;

namespace PgSecurity.Database.Tls.Certificates;

/// <summary>
/// The roots that Azure's server certificates end at, now and next, by cloud: <c>module/Defaults/roots.json</c>, each with
/// the certificate itself, so that a verdict does not rest on what this machine happens to trust.
/// </summary>
internal sealed class AzureRoots
{
    private static readonly Lazy<AzureRoots> Shipped = new(Load);
    private readonly IReadOnlyList<KeyValuePair<string, string>> _suffixes;

    private AzureRoots(IReadOnlyList<AzureRoot> all, IReadOnlyList<KeyValuePair<string, string>> suffixes, string asOf)
    {
        All = all;
        _suffixes = suffixes;
        AsOf = asOf;
    }

    /// <summary>Those that ship with the module.</summary>
    public static AzureRoots Known => Shipped.Value;

    /// <summary>All of them.</summary>
    public IReadOnlyList<AzureRoot> All { get; }

    /// <summary>The day of the list.</summary>
    public string AsOf { get; }

    /// <summary>The clouds that the list knows.</summary>
    public IReadOnlyList<string> Clouds => _suffixes.Select(cloud => cloud.Key).ToList();

    /// <summary>The cloud whose servers have names like this one; null where none has.</summary>
    public string? CloudOf(string hostName) =>
        _suffixes.FirstOrDefault(cloud => hostName.TrimEnd('.').EndsWith("." + cloud.Value, StringComparison.OrdinalIgnoreCase)).Key;

    /// <summary>The root that is this certificate, or null.</summary>
    public AzureRoot? Find(Certificate certificate) => All.FirstOrDefault(root => root.Certificate.Sha256 == certificate.Sha256);

    /// <summary>The roots that have a use in a cloud.</summary>
    public IReadOnlyList<AzureRoot> For(string cloud) => All.Where(root => root.UseIn(cloud) != RootUse.Unknown).ToList();

    private static AzureRoots Load()
    {
        using Stream file = typeof(ServiceDefaults).Assembly.GetManifestResourceStream("Defaults/roots.json")
            ?? throw new InvalidOperationException("The assembly lacks its resource Defaults/roots.json: it was built without module/Defaults.");
        using JsonDocument document = JsonDocument.Parse(file);
        JsonElement root = document.RootElement;
        return new AzureRoots(
            root.GetProperty("roots").EnumerateArray().Select(ReadRoot).ToList(),
            root.GetProperty("clouds").EnumerateObject().Select(cloud => new KeyValuePair<string, string>(cloud.Name, cloud.Value.GetString()!)).ToList(),
            root.GetProperty("asOf").GetString()!);
    }

    private static AzureRoot ReadRoot(JsonElement entry)
    {
        Certificate certificate = Certificate.Read(entry.GetProperty("certificate").GetBytesFromBase64());
        string name = entry.GetProperty("name").GetString()!;
        if (certificate.Sha256 != entry.GetProperty("sha256").GetString())
        {
            throw new InvalidDataException($"module/Defaults/roots.json: the certificate of '{name}' is not the one whose SHA-256 stands beside it.");
        }

        return new AzureRoot(
            name,
            certificate,
            entry.GetProperty("use").EnumerateObject().ToDictionary(use => use.Name, use => (RootUse)Enum.Parse(typeof(RootUse), use.Value.GetString()!, ignoreCase: true)));
    }
}
