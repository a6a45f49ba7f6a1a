using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>Every value of every resource of a sandbox by its path, but for what the service itself sets.</summary>
internal static class EstateFacts
{
    internal static Dictionary<string, string> Of(SandboxArm sandbox)
    {
        Dictionary<string, string> facts = new(StringComparer.OrdinalIgnoreCase);
        foreach (JsonObject resource in sandbox.Resources())
        {
            Flatten(resource, (string)resource["id"]! + " ", facts);
        }

        return facts;
    }

    private static void Flatten(JsonNode? value, string path, Dictionary<string, string> facts)
    {
        if (value is JsonObject map)
        {
            foreach (KeyValuePair<string, JsonNode?> member in map.Where(member => !SetByTheService.Contains(member.Key)))
            {
                Flatten(member.Value, $"{path}/{member.Key}", facts);
            }
        }
        else if (value is JsonArray list)
        {
            for (int index = 0; index < list.Count; index++)
            {
                Flatten(list[index], $"{path}[{index}]", facts);
            }
        }
        else if (value is not null)
        {
            facts[path] = value.ToJsonString();
        }
    }

    /// <summary>
    /// What the service itself sets when something is written: a parameter that was written once is <c>user-override</c> for
    /// good, threat protection has the time of its last write, and a restart puts in force whatever waited for one.
    /// </summary>
    private static readonly HashSet<string> SetByTheService = new(StringComparer.OrdinalIgnoreCase) { "source", "creationTime", "isConfigPendingRestart" };
}
