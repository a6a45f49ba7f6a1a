using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Tests.Controls;

/// <summary>Makes the posture of a case: the base with the case's changes.</summary>
public static class CasePosture
{
    public static Posture Build(JsonObject changes, string source) =>
        new PostureDraft(BasePosture.Copy()).Apply(changes).ToPosture(source);
}
