using System;
using System.IO;
using System.Text.Json;

namespace PgSecurity.Core.Defaults;

/// <summary>A file of <c>module/Defaults</c>, which is inside the assembly too.</summary>
internal static class DefaultsFile
{
    public static JsonElement Read(string name)
    {
        using Stream file = typeof(DefaultsFile).Assembly.GetManifestResourceStream("Defaults/" + name)
            ?? throw new InvalidOperationException($"The assembly lacks its resource Defaults/{name}: it was built without module/Defaults.");
        using JsonDocument document = JsonDocument.Parse(file);
        return document.RootElement.Clone();
    }
}
