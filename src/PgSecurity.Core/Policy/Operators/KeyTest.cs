using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary><c>containsKey</c>: an object with a member of that name, without regard to case.</summary>
internal sealed class KeyTest(string key) : ValueTest
{
    protected override Truth OfText(string text) => Truth.False;

    protected override Truth OfOther(in ExpressionValue value) =>
        (value.Kind == ExpressionKind.Object && JsonMembers.TryGet(value.Json, key, out _)).ToTruth();
}
