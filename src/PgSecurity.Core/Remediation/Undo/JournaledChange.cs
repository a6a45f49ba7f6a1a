using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Undo;

/// <summary>A change of a journal as a change again.</summary>
internal static class JournaledChange
{
    private const string NothingBefore =
        "The service showed no value for it before, so that there is none to put back: its own default stood. Set it by hand.";

    /// <summary>The change as it was made.</summary>
    public static TargetChange Of(JournalEntry entry) => entry.Method switch
    {
        WriteMethod.Post => new Restart(entry.Server),
        WriteMethod.Sql => JournaledRow.Of(entry),
        WriteMethod.Delete => new ResourceDelete(entry.Server, entry.TargetType, entry.TargetId, entry.TargetName),
        WriteMethod.Put when IsPolicy(entry) => new RotationPolicyChange(entry.Server, entry.TargetId, entry.TargetName, entry.Body),
        WriteMethod.Put when ResourceCreation.IsFor(entry.TargetType) => new ResourceCreation(entry.Server, entry.TargetType, entry.TargetId, entry.TargetName, entry.Body),
        WriteMethod.Put => new ResourcePut(entry.Server, entry.TargetType, entry.TargetId, entry.TargetName, Properties(entry.Body)),
        _ when entry.TargetType == FacetTypes.Configurations => ParameterChange.Set(entry.Server, entry.TargetName, ParameterChange.ValueOf(entry.Body)),
        _ when entry.TargetType == entry.Server.ResourceType => new ServerChange(entry.Server, ConcernOf(entry.Body), entry.Body) { IsExact = true },
        _ => new RelatedPatch(entry.Server, entry.TargetType, entry.TargetId, entry.TargetName, entry.Body),
    };

    /// <summary>The change that puts back what was there before.</summary>
    /// <exception cref="RemediationException">It cannot be put back.</exception>
    public static TargetChange Reverse(JournalEntry entry)
    {
        if (entry.Method == WriteMethod.Post) throw new RemediationException("A restart is not taken back.");
        if (entry.Class == ChangeClass.OneWay) throw new RemediationException(OneWayReason.Of(entry.TargetType, entry.TargetType == entry.Server.ResourceType ? ConcernOf(entry.Body) : null));
        if (entry.Method == WriteMethod.Sql) return JournaledRow.Reverse(entry);
        if (entry.Method == WriteMethod.Put && entry.Before is null)
        {
            return new ResourceDelete(entry.Server, entry.TargetType, entry.TargetId, entry.TargetName);
        }

        if (entry.Before is not JsonObject before) throw new RemediationException("The journal does not say what was there before.");
        if (IsPolicy(entry)) return new RotationPolicyChange(entry.Server, entry.TargetId, entry.TargetName, before);
        if (ResourceCreation.IsFor(entry.TargetType))
        {
            return new ResourceCreation(entry.Server, entry.TargetType, entry.TargetId, entry.TargetName, ResourceCreation.Again(before));
        }

        if (entry.Method is WriteMethod.Put or WriteMethod.Delete)
        {
            JsonObject properties = ResourcePut.Writable(before);
            if (properties.Count == 0) throw new RemediationException(NothingBefore);
            return new ResourcePut(entry.Server, entry.TargetType, entry.TargetId, entry.TargetName, properties) { IsExact = true };
        }

        if (entry.TargetType == FacetTypes.Configurations) return ParameterChange.Set(entry.Server, entry.TargetName, ParameterChange.ValueOf(before));
        if (entry.TargetType != entry.Server.ResourceType)
        {
            return new RelatedPatch(entry.Server, entry.TargetType, entry.TargetId, entry.TargetName, WithoutNulls(before));
        }

        string concern = ConcernOf(entry.Body);
        if (concern != "identity" && Leaves(before) == 0)
        {
            throw new RemediationException(NothingBefore);
        }

        JsonObject patch = concern == "identity" && JsonShape.Text(JsonShape.At(before, "identity", "type")).Length == 0
            ? new JsonObject { ["identity"] = new JsonObject { ["type"] = "None" } }
            : concern == "identity" ? before
            : concern == "dataEncryption" ? WithEmptyTexts(before)
            : WithoutNulls(before);
        return new ServerChange(entry.Server, concern, patch) { IsExact = true };
    }

    private static bool IsPolicy(JournalEntry entry) => entry.TargetType == RotationPolicyChange.ResourceType;

    /// <summary>The block goes as a whole: what it lacked is said to be empty, or the server's own value would be sent in its place.</summary>
    private static JsonObject WithEmptyTexts(JsonObject part)
    {
        JsonObject result = new();
        foreach (System.Collections.Generic.KeyValuePair<string, JsonNode?> member in part)
        {
            result[member.Key] = member.Value is JsonObject inner ? WithEmptyTexts(inner) : member.Value?.DeepClone() ?? "";
        }

        return result;
    }

    private static string ConcernOf(JsonObject body) =>
        body["properties"] is JsonObject properties && properties.Count > 0 ? properties.First().Key : body.First().Key;

    private static JsonObject Properties(JsonObject body) => (JsonObject)(body["properties"]?.DeepClone() ?? new JsonObject());

    private static int Leaves(JsonNode? part) => part is JsonObject map ? map.Sum(member => Leaves(member.Value)) : part is null ? 0 : 1;

    private static JsonObject WithoutNulls(JsonObject part)
    {
        JsonObject result = new();
        foreach (System.Collections.Generic.KeyValuePair<string, JsonNode?> member in part)
        {
            if (member.Value is JsonObject inner) result[member.Key] = WithoutNulls(inner);
            else if (member.Value is not null) result[member.Key] = member.Value.DeepClone();
        }

        return result;
    }
}
