using System.Text.Json;
using PgSecurity.Core.Expressions;
using Xunit;

namespace PgSecurity.Core.Tests.Expressions;

public class StandardFunctionsTests
{
    private static readonly TestScope Scope = new TestScope()
        .With("secret", ExpressionValue.Unknown("a secret"))
        .With("mixed", ExpressionValue.From(JsonDocument.Parse("""["a", {"$unknown":"why"}, "b"]""").RootElement))
        .With("server", ExpressionValue.From(JsonDocument.Parse("""{"Name":"x","props":{"list":[1,2]}}""").RootElement));

    [Theory]
    [InlineData("concat('a', 'b', 1)", "\"ab1\"")]
    [InlineData("concat(createArray(1), createArray('x'))", "[1,\"x\"]")]
    [InlineData("format('{0}, {1}. {2:N0}', 'Hello', 'User', 8175133)", "\"Hello, User. 8,175,133\"")]
    [InlineData("format('{0}', true())", "\"True\"")]
    [InlineData("toLower('ÄB')", "\"äb\"")]
    [InlineData("replace('123-123-1234', '-', '')", "\"1231231234\"")]
    [InlineData("split('a,b;c', createArray(',', ';'))", "[\"a\",\"b\",\"c\"]")]
    [InlineData("join(createArray('one', 'two', 3), ', ')", "\"one, two, 3\"")]
    [InlineData("union(createObject('one', 'a', 'two', createObject('x', 1)), createObject('TWO', createObject('y', 2)))", "{\"one\":\"a\",\"two\":{\"x\":1,\"y\":2}}")]
    [InlineData("union(createArray(1, 2), createArray(2, 3))", "[1,2,3]")]
    [InlineData("intersection(createArray('one', 'two', 'three'), createArray('two', 'three'))", "[\"two\",\"three\"]")]
    [InlineData("intersection(createObject('one', 'a', 'two', 'b'), createObject('one', 'a', 'two', 'z'))", "{\"one\":\"a\"}")]
    [InlineData("contains('OneTwo', 'e')", "true")]
    [InlineData("contains('OneTwo', 'E')", "false")]
    [InlineData("contains(createObject('One', 1), 'oNE')", "true")]
    [InlineData("contains(createArray('one'), 'ONE')", "false")]
    [InlineData("and(true(), false())", "false")]
    [InlineData("or(true(), false())", "true")]
    [InlineData("not(equals('a', 'A'))", "true")]
    [InlineData("equals(createArray(1, 'x'), createArray(1, 'x'))", "true")]
    [InlineData("if(less(1, 2), 'yes', int('no'))", "\"yes\"")]
    [InlineData("greaterOrEquals('b', 'a')", "true")]
    [InlineData("int('-12')", "-12")]
    [InlineData("bool('TRUE')", "true")]
    [InlineData("bool(0)", "false")]
    [InlineData("float('3.5')", "3.5")]
    [InlineData("string(createObject('a', createArray(1, true())))", "\"{\\u0022a\\u0022:[1,true]}\"")]
    [InlineData("json('{\"a\":[null]}')", "{\"a\":[null]}")]
    [InlineData("first('One Two')", "\"O\"")]
    [InlineData("last(createArray(1, 2))", "2")]
    [InlineData("first(createArray())", "null")]
    [InlineData("skip(createArray(1, 2, 3), 2)", "[3]")]
    [InlineData("skip('abc', 5)", "\"\"")]
    [InlineData("take('one two three', 2)", "\"on\"")]
    [InlineData("length('abc')", "3")]
    [InlineData("length(createObject('a', 1, 'b', 2))", "2")]
    [InlineData("min(createArray(0, 3, 2))", "0")]
    [InlineData("max(0, 3, 2)", "3")]
    [InlineData("range(5, 3)", "[5,6,7]")]
    [InlineData("substring('one two three', 4, 3)", "\"two\"")]
    [InlineData("indexOf('test', 'T')", "0")]
    [InlineData("lastIndexOf('0123456789 0', '0')", "11")]
    [InlineData("indexOf(createArray('a', 'A'), 'A')", "1")]
    [InlineData("startsWith('abcdef', 'AB')", "true")]
    [InlineData("endsWith('abcdef', 'EF')", "true")]
    [InlineData("padLeft('123', 10, '0')", "\"0000000123\"")]
    [InlineData("padLeft(7, 3, '0')", "\"007\"")]
    [InlineData("trim('    one two three   ')", "\"one two three\"")]
    [InlineData("empty('')", "true")]
    [InlineData("empty(null())", "true")]
    [InlineData("empty(createObject('a', 1))", "false")]
    [InlineData("coalesce(null(), 'x')", "\"x\"")]
    [InlineData("array('efg')", "[\"efg\"]")]
    [InlineData("flatten(createArray(createArray(1), createArray(2, 3)))", "[1,2,3]")]
    [InlineData("div(8, 3)", "2")]
    [InlineData("mod(7, 3)", "1")]
    [InlineData("mul(5, 3)", "15")]
    [InlineData("sub(7, 3)", "4")]
    [InlineData("add(-5, 3)", "-2")]
    [InlineData("base64('one, two, three')", "\"b25lLCB0d28sIHRocmVl\"")]
    [InlineData("base64ToString('b25lLCB0d28sIHRocmVl')", "\"one, two, three\"")]
    [InlineData("base64ToJson('eyJvbmUiOiAiYSJ9')", "{\"one\":\"a\"}")]
    [InlineData("dataUri('Hello')", "\"data:text/plain;charset=utf8;base64,SGVsbG8=\"")]
    [InlineData("dataUriToString('data:;base64,SGVsbG8sIFdvcmxkIQ==')", "\"Hello, World!\"")]
    [InlineData("uri('http://contoso.org/firstpath/', 'myscript.sh')", "\"http://contoso.org/firstpath/myscript.sh\"")]
    [InlineData("uri('http://contoso.org/firstpath', 'myscript.sh')", "\"http://contoso.org/myscript.sh\"")]
    [InlineData("uri('http://contoso.org', 'myscript.sh')", "\"http://contoso.org/myscript.sh\"")]
    [InlineData("uriComponent('http://contoso.com/resources/nested/azuredeploy.json')", "\"http%3A%2F%2Fcontoso.com%2Fresources%2Fnested%2Fazuredeploy.json\"")]
    [InlineData("dateTimeAdd('2020-04-07 14:53:14Z', 'P3Y')", "\"2023-04-07T14:53:14Z\"")]
    [InlineData("dateTimeAdd('2020-04-07 14:53:14Z', '-P9D')", "\"2020-03-29T14:53:14Z\"")]
    [InlineData("dateTimeAdd('2020-04-07 14:53:14Z', 'PT1H')", "\"2020-04-07T15:53:14Z\"")]
    [InlineData("dateTimeToEpoch(dateTimeFromEpoch(1683040573))", "1683040573")]
    [InlineData("utcNow()", "\"20261124T063015Z\"")]
    [InlineData("utcNow('d')", "\"11/24/2026\"")]
    [InlineData("uniqueString('test')", "\"rbgf3xv4ufgzg\"")]
    [InlineData("uniqueString('hello', 'world')", "\"a7wkljktk6wne\"")]
    [InlineData("uniqueString('/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/my-rg')", "\"bmg7c6xu4tw46\"")]
    [InlineData("parseCidr('10.144.0.0/20')", "{\"network\":\"10.144.0.0\",\"netmask\":\"255.255.240.0\",\"broadcast\":\"10.144.15.255\",\"firstUsable\":\"10.144.0.1\",\"lastUsable\":\"10.144.15.254\",\"cidr\":20}")]
    [InlineData("cidrSubnet('10.144.0.0/20', 24, 1)", "\"10.144.1.0/24\"")]
    [InlineData("cidrHost('10.144.3.0/24', 0)", "\"10.144.3.1\"")]
    [InlineData("tryGet(parameters('server'), 'props', 'list', 1)", "2")]
    [InlineData("tryGet(parameters('server'), 'nothing', 'list')", "null")]
    [InlineData("parameters('server').NAME", "\"x\"")]
    [InlineData("parameters('server')['props'].list[0]", "1")]
    [InlineData("items(createObject('b', 1, 'a', 2))[0].key", "\"a\"")]
    [InlineData("objectKeys(createObject('b', 1, 'a', 2))", "[\"b\",\"a\"]")]
    [InlineData("map(range(0, 3), lambda('i', mul(lambdaVariables('i'), 2)))", "[0,2,4]")]
    [InlineData("filter(range(0, 4), lambda('i', equals(mod(lambdaVariables('i'), 2), 0)))", "[0,2]")]
    [InlineData("reduce(range(1, 4), 0, lambda('sum', 'n', add(lambdaVariables('sum'), lambdaVariables('n'))))", "10")]
    [InlineData("sort(createArray(3, 1, 2), lambda('a', 'b', less(lambdaVariables('a'), lambdaVariables('b'))))", "[1,2,3]")]
    [InlineData("toObject(createArray('a', 'b'), lambda('x', lambdaVariables('x')), lambda('x', toUpper(lambdaVariables('x'))))", "{\"a\":\"A\",\"b\":\"B\"}")]
    [InlineData("tenantResourceId('Microsoft.Authorization/policyDefinitions', 'x')", "\"/providers/Microsoft.Authorization/policyDefinitions/x\"")]
    [InlineData("extensionResourceId('/subscriptions/s', 'A.B/c/d', 'x', 'y')", "\"/subscriptions/s/providers/A.B/c/x/d/y\"")]
    // What is known decides where it can.
    [InlineData("and(false(), parameters('secret'))", "false")]
    [InlineData("or(parameters('secret'), true())", "true")]
    [InlineData("if(parameters('secret'), 'same', 'same')", "\"same\"")]
    [InlineData("length(parameters('mixed'))", "3")]
    [InlineData("contains(parameters('mixed'), 'b')", "true")]
    [InlineData("createObject('a', 1, 'b', parameters('secret')).a", "1")]
    [InlineData("last(parameters('mixed'))", "\"b\"")]
    public void Answers(string expression, string expected)
    {
        ExpressionValue value = ExpressionParser.Parse($"[{expression}]").Evaluate(Scope);
        Assert.False(value.IsUnknown, value.Reason);
        Assert.Equal(JsonSerializer.Serialize(JsonDocument.Parse(expected)), JsonSerializer.Serialize(value.ToJson()));
    }

    [Theory]
    [InlineData("concat('a', parameters('secret'))", "a secret")]
    [InlineData("and(true(), parameters('secret'))", "a secret")]
    [InlineData("or(false(), parameters('secret'))", "a secret")]
    [InlineData("if(parameters('secret'), 'a', 'b')", "a secret")]
    [InlineData("coalesce(parameters('secret'), 'b')", "a secret")]
    [InlineData("equals(parameters('secret'), 'b')", "a secret")]
    [InlineData("contains(parameters('mixed'), 'z')", "why")]
    [InlineData("parameters('mixed')[1]", "why")]
    [InlineData("join(parameters('mixed'), ',')", "why")]
    [InlineData("equals(parameters('mixed'), createArray('a', 'x', 'b'))", "why")]
    [InlineData("createObject('a', parameters('secret')).a", "a secret")]
    [InlineData("filter(parameters('mixed'), lambda('x', equals(lambdaVariables('x'), 'a')))", "why")]
    [InlineData("parameters('server').missing", "no member 'missing'")]
    [InlineData("substring('ab', 1, 5)", "'substring' failed")]
    [InlineData("int('hunter2')", "'int' failed")]
    [InlineData("div(1, 0)", "division by zero")]
    [InlineData("add(9223372036854775807, 1)", "'add' failed")]
    [InlineData("format('{0,1000000000}', 'x')", "wider than 999")]
    [InlineData("format('{3}', 'x')", "'format' failed")]
    [InlineData("newGuid()", "different at every deployment")]
    [InlineData("fail('no')", "fails here")]
    [InlineData("reference('x')", "has no answer here")]
    [InlineData("less(1, 'a')", "no order")]
    public void IsUnknown(string expression, string reason)
    {
        ExpressionValue value = ExpressionParser.Parse($"[{expression}]").Evaluate(Scope);
        Assert.True(value.IsUnknown, value.ToString());
        Assert.Contains(reason, value.Reason);
        Assert.DoesNotContain("hunter2", value.Reason);
    }

    [Fact]
    public void Guid_is_of_version_5_in_the_documented_namespace()
    {
        string guid = ExpressionParser.Parse("[guid('a', 'b')]").Evaluate(Scope).Text;
        Assert.Equal('5', guid[14]);
        Assert.Equal(guid, ExpressionParser.Parse("[guid('a-b')]").Evaluate(Scope).Text);
        Assert.NotEqual(guid, ExpressionParser.Parse("[guid('a', 'c')]").Evaluate(Scope).Text);
    }

    [Fact]
    public void UtcNow_is_unknown_without_a_clock() =>
        Assert.True(ExpressionParser.Parse("[utcNow()]").Evaluate(EmptyScope.Instance).IsUnknown);
}
