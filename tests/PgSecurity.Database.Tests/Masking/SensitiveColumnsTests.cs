using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Database.Masking;
using PgSecurity.Database.Sql;
using PgSecurity.Database.Tests.Lab;
using Xunit;

namespace PgSecurity.Database.Tests.Masking;

[Collection(MaskingLabCollection.Name)]
public class SensitiveColumnsTests(MaskingLab lab)
{
    [PostgresFact]
    public void Columns_are_found_with_their_rules()
    {
        IReadOnlyList<SensitiveColumn> columns = Read();
        SensitiveColumn email = One(columns, "public.customer.email");
        Assert.Equal(("Email", "Direct", MatchConfidence.High, true), (email.Category, email.Identifier, email.Confidence, email.HasRule));
        Assert.False(One(columns, "public.customer.phone").HasRule);
        Assert.Equal("Pay", One(columns, "hr.employee.salary").Category);
        Assert.Equal("OnlineId", One(columns, "public.visit_2025.client_ip").Category);
        Assert.DoesNotContain(columns, column => column.Table is "product" || column.Column == "id");
    }

    [PostgresTheory]
    [InlineData("shopowner", "Owner", "")]
    [InlineData("clerk", "Grant", "")]
    [InlineData("member", "Membership", "clerks")]
    [InlineData("stepper", "SetRole", "clerks")]
    [InlineData("everything", "ReadAllData", "")]
    [InlineData("viewer", "View", "public.mails2")]
    [InlineData("caller", "DefinerFunction", "public.mail_of")]
    [InlineData("labsuper", "Superuser", "")]
    [InlineData("masked_one", "Grant", "")]
    public void Every_way_to_read_it_is_told(string role, string way, string through)
    {
        bool isOld = int.Parse(lab.Read("show server_version_num").Single(), System.Globalization.CultureInfo.InvariantCulture) < 140000;
        string expected = isOld && role == "everything" ? "Superuser" : way;
        Assert.Contains(One(Read(), "public.customer.email").UnmaskedReaders, reader => (reader.Role, reader.Way, reader.Through) == (role, expected, through));
    }

    [PostgresFact]
    public void Who_reads_nothing_is_not_told()
    {
        Assert.DoesNotContain(One(Read(), "public.customer.email").UnmaskedReaders, reader => reader.Role == "nobody_at_all");
        Assert.DoesNotContain(One(Read(), "public.customer.phone").UnmaskedReaders, reader => reader.Role is "viewer");
    }

    [PostgresFact]
    public void A_partition_is_read_through_its_parent() =>
        Assert.Contains(One(Read(), "public.visit_2025.client_ip").UnmaskedReaders, reader => (reader.Role, reader.Way, reader.Through) == ("clerk", "ParentTable", "public.visit"));

    [PostgresFact]
    public void A_plan_decides_and_what_it_leaves_out_is_undecided()
    {
        using MaskingDatabase database = lab.Open(access: SessionAccess.Read);
        IReadOnlyList<SensitiveColumn> columns = SensitiveColumns.Read(database, MaskingLab.Plan("\"title\"", "\"phone\""), all: true);
        Assert.Equal("Undecided", One(columns, "public.product.title").Decision);
        Assert.Equal("Undecided", One(columns, "public.customer.phone").Decision);
        Assert.Equal("Sensitive", One(columns, "public.visit_2026.client_ip").Decision);
        Assert.Equal("NotSensitive", One(columns, "public.customer.Größe").Decision);
    }

    [PostgresFact]
    public void No_value_of_a_row_is_in_what_is_told()
    {
        string text = string.Join("\n", Read().SelectMany(column => new[] { column.Reason, column.Rule, column.SuggestedRule }.Concat(column.UnmaskedReaders.Select(reader => reader.ToString()))));
        Assert.DoesNotContain("anna@", text, StringComparison.OrdinalIgnoreCase);
    }

    [PostgresFact]
    public void A_role_without_rights_on_the_tables_sees_the_same()
    {
        using MaskingDatabase database = lab.Open(role: "nobody_at_all", access: SessionAccess.Read);
        Assert.Equal(Read().Select(column => column.ToString()), SensitiveColumns.Read(database).Select(column => column.ToString()));
    }

    private IReadOnlyList<SensitiveColumn> Read()
    {
        using MaskingDatabase database = lab.Open(access: SessionAccess.Read);
        return SensitiveColumns.Read(database);
    }

    private static SensitiveColumn One(IReadOnlyList<SensitiveColumn> columns, string name) => columns.Single(column => column.ToString() == name);
}
