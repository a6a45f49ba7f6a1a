using System;
using System.Linq;
using System.Text;
using PgSecurity.Database.Encryption;
using PgSecurity.Fuzz.Mutations;
using Xunit;
using Xunit.Abstractions;

namespace PgSecurity.Fuzz.Targets;

/// <summary>A protected value of which anything was changed does not open.</summary>
public sealed class CiphertextFuzzTests(ITestOutputHelper output)
{
    [Fact]
    public void What_was_changed_does_not_open()
    {
        DataKey key = DataKey.Create("public.people.email");
        byte[] whole = ProtectedValue.Protect("someone@example.com"u8, ValueKind.Text, key, "42");
        FuzzRun.Each(output, 5_000, random =>
        {
            byte[] changed = ByteMutation.Of(whole, random);
            if (changed.AsSpan().SequenceEqual(whole)) return;
            EncryptionException refused = Assert.Throws<EncryptionException>(() => ProtectedValue.Unprotect(changed, [key], "42"));
            Assert.DoesNotContain("someone", refused.Message, StringComparison.Ordinal);
        });
        Assert.Equal("someone@example.com", Encoding.UTF8.GetString(ProtectedValue.Unprotect(whole, [key], "42").Value));
    }
}
