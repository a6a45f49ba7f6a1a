using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary><c>exists</c>: there is a value that is not null, or there is none.</summary>
internal sealed class ExistenceTest(bool wanted) : ValueTest
{
    public override Truth OfMissing => (!wanted).ToTruth();

    protected override Truth OfText(string text) => wanted.ToTruth();

    protected override Truth OfOther(in ExpressionValue value) => wanted.ToTruth();
}
