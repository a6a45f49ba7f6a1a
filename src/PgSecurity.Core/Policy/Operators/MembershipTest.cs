using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary><c>in</c>: equal to one of a list.</summary>
internal sealed class MembershipTest : ValueTest
{
    private readonly EqualityTest[] _members;
    private readonly bool _anyUnknown;

    public MembershipTest(IEnumerable<ExpressionValue> members, bool ignoresSpaces)
    {
        ExpressionValue[] all = members.ToArray();
        _anyUnknown = all.Any(member => member.IsUnknown);
        _members = all.Where(member => !member.IsUnknown).Select(member => new EqualityTest(member, ignoresSpaces)).ToArray();
    }

    public override string Mismatch(in ExpressionValue value) => "a member of the list is not known";

    protected override Truth OfText(string text) => OfAny(ExpressionValue.From(text));

    protected override Truth OfOther(in ExpressionValue value) => OfAny(value);

    private Truth OfAny(in ExpressionValue value)
    {
        Truth found = _anyUnknown ? Truth.Unknown : Truth.False;
        foreach (EqualityTest member in _members)
        {
            found = found.Or(member.Of(value));
            if (found == Truth.True) return found;
        }

        return found;
    }
}
