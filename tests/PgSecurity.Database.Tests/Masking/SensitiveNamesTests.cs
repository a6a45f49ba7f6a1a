using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Database.Masking;
using Xunit;

namespace PgSecurity.Database.Tests.Masking;

public class SensitiveNamesTests
{
    [Theory]
    [InlineData("email", "Email")]
    [InlineData("EMailAddress", "Email")]
    [InlineData("work_emails", "Email")]
    [InlineData("courriel", "Email")]
    [InlineData("correo_electrónico", "Email")]
    [InlineData("メールアドレス", "Email")]
    [InlineData("first_name", "Name")]
    [InlineData("FirstName", "Name")]
    [InlineData("firstname", "Name")]
    [InlineData("Prénom", "Name")]
    [InlineData("nachname", "Name")]
    [InlineData("apellido1", "Name")]
    [InlineData("фамилия", "Name")]
    [InlineData("客户姓名", "Name")]
    [InlineData("dob", "BirthDate")]
    [InlineData("Geburtsdatum", "BirthDate")]
    [InlineData("fecha_de_nacimiento", "BirthDate")]
    [InlineData("ssn", "GovernmentId")]
    [InlineData("SteuerNr_Steuernummer", "GovernmentId")]
    [InlineData("passportNo", "GovernmentId")]
    [InlineData("身份证号", "GovernmentId")]
    [InlineData("iban", "BankAccount")]
    [InlineData("IBANCode", "BankAccount")]
    [InlineData("kontonummer", "BankAccount")]
    [InlineData("card_number", "PaymentCard")]
    [InlineData("cvv2", "PaymentCard")]
    [InlineData("mobilnummer", "Phone")]
    [InlineData("téléphone", "Phone")]
    [InlineData("Straße", "Address")]
    [InlineData("zip", "Address")]
    [InlineData("password_hash", "Secret")]
    [InlineData("refreshToken", "Secret")]
    [InlineData("mot_de_passe", "Secret")]
    [InlineData("diagnosis_code", "Health")]
    [InlineData("Gehalt", "Pay")]
    [InlineData("religião", "SpecialCategory")]
    [InlineData("client_ip", "OnlineId")]
    public void Names_of_many_languages_and_styles_are_known(string name, string category)
    {
        SensitiveMatch? match = SensitiveNames.Default.Match(Column(name));
        Assert.Equal(category, match?.Category.Name);
        Assert.True(match!.Confidence > MatchConfidence.Low, match.Reason);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("company")]
    [InlineData("span")]
    [InlineData("created_at")]
    [InlineData("quantity")]
    [InlineData("description_of_goods_id")]
    [InlineData("erased")]
    [InlineData("status")]
    [InlineData("shipment")]
    [InlineData("territory")]
    public void Harmless_names_are_not_taken_for_more_than_a_guess(string name) =>
        Assert.True(SensitiveNames.Default.Match(Column(name)) is null or { Confidence: MatchConfidence.Low });

    [Theory]
    [InlineData("email_verified", nameof(TypeKind.Boolean))]
    [InlineData("email_count", nameof(TypeKind.Number))]
    [InlineData("password_changed_at", nameof(TypeKind.Date))]
    [InlineData("address_type", nameof(TypeKind.Text))]
    public void A_type_or_an_ending_that_speaks_against_it_lowers_the_confidence_and_hides_nothing(string name, string type) =>
        Assert.Equal(MatchConfidence.Low, SensitiveNames.Default.Match(Column(name, kind: Enum.Parse<TypeKind>(type)))?.Confidence);

    [Theory]
    [InlineData("customers", "name", "Name")]
    [InlineData("Benutzer", "Name", "Name")]
    [InlineData("credit_cards", "number", "PaymentCard")]
    public void A_table_tells_what_a_bare_name_means(string table, string column, string category) =>
        Assert.Equal(category, SensitiveNames.Default.Match(Column(column, table))?.Category.Name);

    [Fact]
    public void A_name_in_a_table_of_things_means_nothing() => Assert.Null(SensitiveNames.Default.Match(Column("name", "product")));

    [Fact]
    public void Comment_domain_enumeration_and_type_speak_where_the_name_is_silent()
    {
        Assert.Equal("GovernmentId", SensitiveNames.Default.Match(Column("c17", comment: "Social security number of the insured"))?.Category.Name);
        Assert.Equal("Email", SensitiveNames.Default.Match(Column("c18", domain: "email_address"))?.Category.Name);
        Assert.Equal("SpecialCategory", SensitiveNames.Default.Match(Column("c19", labels: ["Male", "Female"]))?.Category.Name);
        Assert.Equal("OnlineId", SensitiveNames.Default.Match(Column("c20", kind: TypeKind.Network, type: "inet"))?.Category.Name);
        Assert.Equal("UnknownContent", SensitiveNames.Default.Match(Column("c21", kind: TypeKind.Json, type: "jsonb"))?.Category.Name);
    }

    [Fact]
    public void A_key_to_a_sensitive_column_is_sensitive()
    {
        CatalogColumn email = Column("email", "person");
        CatalogColumn login = Column("owner", "thing", references: email.Name);
        IReadOnlyDictionary<ColumnName, SensitiveMatch> matches = SensitiveNames.Default.Match([login, email]);
        Assert.Equal("Email", matches[login.Name].Category.Name);
    }

    [Fact]
    public void A_rule_is_suggested_that_can_be_parsed_and_fits_the_type()
    {
        foreach (TypeKind kind in Enum.GetValues<TypeKind>())
        {
            foreach (string name in new[] { "email", "phone", "iban", "card_number", "ssn", "birth_date", "salary", "password", "full name", "gender", "zip", "ip" })
            {
                CatalogColumn column = Column(name, kind: kind, type: kind == TypeKind.Date ? "date" : "text");
                if (SensitiveNames.Default.Match(column)?.Category.RuleFor(column) is not { } rule) continue;
                MaskingRule parsed = MaskingRule.Parse(rule);
                Assert.All(parsed.Columns, read => Assert.Equal(name, read));
            }
        }

        Assert.Equal("MASKED WITH FUNCTION anon.partial_email(\"email\")", SensitiveNames.Default.Match(Column("email"))!.Category.RuleFor(Column("email")));
    }

    internal static CatalogColumn Column(
        string name, string table = "t", TypeKind kind = TypeKind.Text, string type = "text", string? comment = null, string? domain = null, string[]? labels = null,
        ColumnName? references = null, bool notNull = false, bool unique = false) =>
        new()
        {
            Relation = 1, Number = 1, Name = new ColumnName("public", table, name), Kind = 'r', Type = type, BaseType = type, TypeKind = kind,
            Comment = comment, Domain = domain, EnumLabels = labels ?? [], References = references, NotNull = notNull, Unique = unique,
        };
}
