using System.IO;

namespace PgSecurity.Controls;

/// <summary>Where the files are that ship with the module: <c>module/</c>, beside the <c>bin/</c> that this assembly is in.</summary>
internal static class ModuleFiles
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(
        Path.GetDirectoryName(typeof(ModuleFiles).Assembly.Location)!, "..", "..", "module"));

    /// <summary>The controls' files.</summary>
    public static string Controls { get; } = Path.Combine(Root, "Controls");

    /// <summary>The profiles' files.</summary>
    public static string Profiles { get; } = Path.Combine(Root, "Profiles");

    /// <summary>The sample estate: a snapshot of a fictional company.</summary>
    public static string SampleEstate { get; } = Path.Combine(Root, "Samples", "contoso.ndjson");
}
