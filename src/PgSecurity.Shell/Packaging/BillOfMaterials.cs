using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PgSecurity.Shell.Packaging;

/// <summary>
/// The package's bill of materials: CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/). It has neither a time nor a serial
/// number, both of which the format leaves open: the same lock file gives the same bytes.
/// </summary>
internal static class BillOfMaterials
{
    private static readonly JsonWriterOptions Format = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document's text.</summary>
    /// <param name="version">The module's version.</param>
    /// <param name="libraries">What ships with it.</param>
    public static string Render(string version, IReadOnlyList<ShippedLibrary> libraries)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text, Format))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
            json.WriteString("bomFormat", "CycloneDX");
            json.WriteString("specVersion", "1.6");
            json.WriteNumber("version", 1);
            string module = $"pkg:generic/PgSecurity@{version}";
            WriteModule(json, module, version);
            WriteComponents(json, libraries);
            WriteDependencies(json, module, libraries);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray()) + "\n";
    }

    private static void WriteModule(Utf8JsonWriter json, string reference, string version)
    {
        json.WriteStartObject("metadata");
        json.WriteStartObject("component");
        json.WriteString("type", "library");
        json.WriteString("bom-ref", reference);
        json.WriteString("name", "PgSecurity");
        json.WriteString("version", version);
        WriteLicense(json, new LibraryLicense("MIT", null));
        json.WriteString("purl", reference);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteComponents(Utf8JsonWriter json, IEnumerable<ShippedLibrary> libraries)
    {
        json.WriteStartArray("components");
        foreach (ShippedLibrary library in libraries)
        {
            json.WriteStartObject();
            json.WriteString("type", "library");
            json.WriteString("bom-ref", library.Url);
            json.WriteString("name", library.Name);
            json.WriteString("version", library.Version);
            json.WriteStartArray("hashes");
            json.WriteStartObject();
            json.WriteString("alg", "SHA-512");
            json.WriteString("content", Convert.ToHexStringLower(Convert.FromBase64String(library.ContentHash)));
            json.WriteEndObject();
            json.WriteEndArray();
            WriteLicense(json, library.License);
            json.WriteString("purl", library.Url);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLicense(Utf8JsonWriter json, LibraryLicense license)
    {
        json.WriteStartArray("licenses");
        json.WriteStartObject();
        if (license.Expression is { } expression)
        {
            json.WriteString("expression", expression);
        }
        else
        {
            json.WriteStartObject("license");
            json.WriteString("name", "as named at the address");
            json.WriteString("url", license.Address);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteDependencies(Utf8JsonWriter json, string module, IReadOnlyList<ShippedLibrary> libraries)
    {
        Dictionary<string, string> references = libraries.ToDictionary(library => library.Name, library => library.Url, StringComparer.OrdinalIgnoreCase);
        json.WriteStartArray("dependencies");
        WriteDependency(json, module, libraries.Select(library => library.Url));
        foreach (ShippedLibrary library in libraries)
        {
            WriteDependency(json, library.Url, library.Dependencies.Select(name => references[name]));
        }

        json.WriteEndArray();
    }

    private static void WriteDependency(Utf8JsonWriter json, string reference, IEnumerable<string> on)
    {
        json.WriteStartObject();
        json.WriteString("ref", reference);
        json.WriteStartArray("dependsOn");
        foreach (string other in on) json.WriteStringValue(other);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
