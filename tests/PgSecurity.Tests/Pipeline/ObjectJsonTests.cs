using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using PgSecurity.Pipeline;
using Xunit;

namespace PgSecurity.Tests.Pipeline;

public class ObjectJsonTests
{
    [Theory]
    [InlineData("text \"quoted\"", "\"text \\u0022quoted\\u0022\"")]
    [InlineData(42, "42")]
    [InlineData(long.MaxValue, "9223372036854775807")]
    [InlineData(1.5, "1.5")]
    [InlineData(true, "true")]
    [InlineData(DayOfWeek.Friday, "\"Friday\"")]
    [InlineData(null, "null")]
    public void A_scalar_is_written_as_json(object? value, string expected) => Assert.Equal(expected, ObjectJson.Write(value));

    [Fact]
    public void Numbers_and_times_do_not_depend_on_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal("1.5", ObjectJson.Write(1.5));
            Assert.Equal("0.25", ObjectJson.Write(0.25m));
            Assert.Equal("\"2026-11-24T03:04:05.0000000Z\"", ObjectJson.Write(new DateTime(2026, 11, 24, 3, 4, 5, DateTimeKind.Utc)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void What_ConvertFrom_Json_made_becomes_what_it_was_made_of()
    {
        const string Json = """{"id":"/subscriptions/1","tags":{"a":null},"zones":["1","2"],"properties":{"storage":{"iops":120},"empty":[],"none":{}}}""";
        Assert.Equal(Json, ObjectJson.Write(JsonObjects.Read(Json)));
    }

    [Fact]
    public void Hashtables_and_lists_nest()
    {
        Hashtable table = new() { ["list"] = new List<object> { 1, new PSObject("two"), new Hashtable { ["three"] = 3 } } };
        Assert.Equal("""{"list":[1,"two",{"three":3}]}""", ObjectJson.Write(table));
    }

    [Fact]
    public void A_typed_object_gives_its_properties() =>
        Assert.Equal("""{"Name":"pg","Count":2,"Inner":{"Flag":true}}""", ObjectJson.Write(new { Name = "pg", Count = 2, Inner = new { Flag = true } }));

    [Fact]
    public void A_secret_is_unknown_and_never_written()
    {
        SecureString secret = new();
        foreach (char character in "hunter2") secret.AppendChar(character);
        string json = ObjectJson.Write(new Hashtable { ["administratorLoginPassword"] = secret });
        Assert.Equal("""{"administratorLoginPassword":{"$unknown":"a secret"}}""", json);
    }

    [Fact]
    public void A_property_that_throws_is_unknown_and_the_others_stand() =>
        Assert.Equal("""{"Broken":{"$unknown":"the property could not be read"},"Sound":1}""", ObjectJson.Write(new WithBrokenProperty()));

    [Fact]
    public void Script_properties_are_not_run()
    {
        PSObject item = new(new { A = 1 });
        item.Properties.Add(new PSScriptProperty("B", ScriptBlock.Create("throw 'run'")));
        Assert.Equal("""{"A":1}""", ObjectJson.Write(item));
    }

    [Fact]
    public void An_object_that_contains_itself_ends()
    {
        Hashtable table = new();
        table["self"] = table;
        Assert.Equal("""{"self":{"$unknown":"the object contains itself"}}""", ObjectJson.Write(table));
    }

    [Fact]
    public void The_same_object_twice_is_no_cycle()
    {
        Hashtable shared = new() { ["a"] = 1 };
        Assert.Equal("""[{"a":1},{"a":1}]""", ObjectJson.Write(new[] { shared, shared }));
    }

    [Fact]
    public void Nesting_is_bounded()
    {
        object deep = 1;
        for (int level = 0; level < 1000; level++) deep = new object[] { deep };
        Assert.Contains("nested deeper than 64 levels", ObjectJson.Write(deep), StringComparison.Ordinal);
    }

    private sealed class WithBrokenProperty
    {
        public string Broken => throw new InvalidOperationException();

        public int Sound => 1;
    }
}
