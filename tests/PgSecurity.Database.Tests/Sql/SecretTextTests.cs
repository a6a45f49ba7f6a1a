using PgSecurity.Database.Sql;
using Xunit;

namespace PgSecurity.Database.Tests.Sql;

public class SecretTextTests
{
    [Theory]
    [InlineData("host=a password=hunter2 user=b", "host=a password=*** user=b")]
    [InlineData("alter role x password 'hun ter'", "alter role x password ***")]
    [InlineData("Pwd : \"hunter2\"", "Pwd : ***")]
    [InlineData("api_key=abc,def", "api_key=***,def")]
    [InlineData("SCRAM-SHA-256$4096:abc$def:ghi", "***")]
    [InlineData("md50123456789abcdef0123456789abcdef", "***")]
    [InlineData("Bearer eyJhbGciOi.eyJzdWIi.sig", "Bearer ***")]
    public void What_is_assigned_or_looks_like_a_secret_is_covered(string text, string covered) => Assert.Equal(covered, SecretText.Mask(text));

    [Theory]
    [InlineData("password authentication failed for user \"audit\"")]
    [InlineData("no password supplied")]
    [InlineData("the token has expired")]
    public void What_only_speaks_of_one_is_left(string text) => Assert.Equal(text, SecretText.Mask(text));
}
