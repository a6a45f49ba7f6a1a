using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Database.Masking;

/// <summary>What a server's tags say it is for. Only a tag that names a known kind is taken at its word.</summary>
public sealed class ServerEnvironment
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal) { "environment", "env", "environnement", "umgebung", "entorno", "stage", "tier", "deploymentenvironment", "environmenttype", "envtype", "servicetier", "lifecycle" };
    private static readonly HashSet<string> Safe = new(StringComparer.Ordinal) { "dev", "development", "develop", "test", "testing", "tst", "qa", "qs", "uat", "sandbox", "sbx", "ci", "integration", "int", "demo", "training", "nonproduction", "nonprod", "nonprd", "entwicklung", "desarrollo", "developpement", "recette", "acceptance", "acc" };
    private static readonly HashSet<string> Productive = new(StringComparer.Ordinal) { "prod", "production", "prd", "prod1", "live", "produktion", "produktiv", "produccion", "producao", "produzione", "dr", "disasterrecovery", "preprod", "preproduction", "staging", "stage", "stg" };

    private ServerEnvironment(string kind, string words)
    {
        Kind = kind;
        Words = words;
    }

    /// <summary><c>Production</c>, <c>NonProduction</c> or <c>Unknown</c>.</summary>
    public string Kind { get; }

    /// <summary>Why, in words.</summary>
    public string Words { get; }

    /// <summary>Nothing is known of the server's tags.</summary>
    public static ServerEnvironment NotKnown(string why) => new("Unknown", why);

    /// <summary>Tells it from tags. One that says production wins over any other; staging often holds copies of production and counts as such.</summary>
    public static ServerEnvironment Of(IEnumerable<KeyValuePair<string, string>> tags)
    {
        List<KeyValuePair<string, string>> speaking = tags.Where(tag => Names.Contains(Plain(tag.Key))).ToList();
        if (speaking.Count == 0) return NotKnown("no tag of the server says what it is for");
        foreach (KeyValuePair<string, string> tag in speaking.Where(tag => IsProductive(tag.Value))) return new ServerEnvironment("Production", $"its tag {tag.Key} is '{tag.Value}'");
        KeyValuePair<string, string> strange = speaking.FirstOrDefault(tag => !Safe.Contains(Plain(tag.Value)));
        return strange.Key is null
            ? new ServerEnvironment("NonProduction", $"its tag {speaking[0].Key} is '{speaking[0].Value}'")
            : NotKnown($"its tag {strange.Key} is '{strange.Value}', which says nothing that is known");
    }

    /// <summary>Ends a run that cannot be undone on a server that may be productive.</summary>
    /// <exception cref="MaskingException">The consent is missing.</exception>
    public void Demand(string server, bool allowProduction, bool allowUntagged)
    {
        if (Kind == "Production" && !allowProduction)
            throw new MaskingException("ServerIsProduction", server, $"{server} is a production server ({Words}); static masking destroys its values for good.", "Mask a restored copy instead. If this server itself must be masked, say -AllowProduction.");
        if (Kind == "Unknown" && !allowUntagged)
            throw new MaskingException("ServerNotTagged", server, $"It is not known whether {server} is productive: {Words}; static masking destroys its values for good.", "Give the server's JSON with -ServerFile, with a tag such as environment=test; or say -AllowIrreversible.");
    }

    private static bool IsProductive(string value)
    {
        string plain = Plain(value);
        if (Safe.Contains(plain)) return false;
        return Productive.Contains(plain) || NameWords.Of(value).Any(word => Productive.Contains(word)) || plain.IndexOf("prod", StringComparison.Ordinal) >= 0;
    }

    private static string Plain(string text) => string.Concat(NameWords.Of(text));
}
