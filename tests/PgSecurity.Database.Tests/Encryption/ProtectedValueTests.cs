using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using PgSecurity.Database.Encryption;
using Xunit;

namespace PgSecurity.Database.Tests.Encryption;

public sealed class ProtectedValueTests
{
    private const string Column = "shop.public.customers.ssn";
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("078-05-1120");

    /// <summary>
    /// The vectors of docs/guides/client-side-encryption.md, which another program made (Python's cryptography): column, row,
    /// kind, value, message id, key id, protected value. The data key is the bytes 0 to 31.
    /// </summary>
    public static TheoryData<string, string?, ValueKind, string, string, string, string> Vectors() => new()
    {
        { "shop.public.customers.ssn", null, ValueKind.Text, "3037382d30352d31313230", "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f", "ef58f20d5e0355c2ae1d554e4a3c0d94", "UEdTRQEBAe9Y8g1eA1XCrh1VTko8DZQgISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+P1u7zpJ4XUiL4R14cjXnnuYJPqhgMHmDuh6a+Qepsiqj2O1o5ts6kNQ/TfE+8jDCkgNiuCEqge5hfLlK" },
        { "shop.public.customers.ssn", "42", ValueKind.Text, "4772c3bcc39f65", "404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f", "ef58f20d5e0355c2ae1d554e4a3c0d94", "UEdTRQEBAe9Y8g1eA1XCrh1VTko8DZRAQUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVpbXF1eX2H920ogvsPnk+C1T7X1KtDEbnfiZ8eX3LJGM8TvIUG4HFovzUvOAtpSWC9bloG/EQ/ghT2afqg=" },
        { "shop.public.keys.blob", "7", ValueKind.Bytes, "0001ff", "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f", "0de8c97cba33928c259133ff03944b94", "UEdTRQEBAA3oyXy6M5KMJZEz/wOUS5RgYWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7fH1+f6B3Bt6e20eVJlIOIuqson5U0WoY2F+Ti4/NUqmxvyXGgDSWMFwFs0Gif3mZozgu4LgF7w==" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_vectors_of_the_documentation_are_met(string column, string? row, ValueKind kind, string value, string messageId, string keyId, string expected)
    {
        using DataKey key = new(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray(), column);
        Assert.Equal(keyId, key.Id);
        Assert.Equal(expected, Convert.ToBase64String(ProtectedValue.Protect(Convert.FromHexString(value), kind, key, row, Convert.FromHexString(messageId))));
        (byte[] opened, ValueKind openedKind) = ProtectedValue.Unprotect(Convert.FromBase64String(expected), [key], row);
        Assert.Equal((value, kind), (Convert.ToHexString(opened).ToLowerInvariant(), openedKind));
    }

    [Theory]
    [InlineData(8, "12")]
    [InlineData(12, "12e0")]
    [InlineData(20, "12eac0")]
    [InlineData(64, "12eacba454ba244d")]
    public void The_vectors_of_the_index_are_met(int bits, string expected)
    {
        using SearchIndex index = new(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray(), Column, bits);
        Assert.Equal(expected, index.Of("078-05-1120"));
    }

    [Fact]
    public void The_index_does_not_depend_on_how_a_letter_is_composed()
    {
        using SearchIndex index = new(new byte[32], Column, 64);
        Assert.Equal(index.Of("\u00fc"), index.Of("u\u0308"));
        Assert.NotEqual(index.Of("a"), index.Of("b"));
    }

    [Fact]
    public void Every_changed_byte_is_refused()
    {
        using DataKey key = DataKey.Create(Column);
        byte[] good = ProtectedValue.Protect(Secret, ValueKind.Text, key, "42");
        Assert.Equal(Secret, ProtectedValue.Unprotect(good, [key], "42").Value);
        for (int i = 0; i < good.Length; i++)
        {
            byte[] bad = good.ToArray();
            bad[i] ^= 1;
            Assert.Throws<EncryptionException>(() => ProtectedValue.Unprotect(bad, [key], "42"));
        }
    }

    [Fact]
    public void Every_shorter_text_is_refused()
    {
        using DataKey key = DataKey.Create(Column);
        byte[] good = ProtectedValue.Protect(Secret, ValueKind.Text, key, null);
        for (int length = 0; length < good.Length; length++)
        {
            Assert.Throws<EncryptionException>(() => ProtectedValue.Unprotect(good.AsSpan(0, length), [key], null));
        }
    }

    [Theory]
    [InlineData("42", "43")]
    [InlineData("42", null)]
    [InlineData(null, "42")]
    [InlineData("", null)]
    public void A_value_opens_in_its_own_row_only(string? row, string? other)
    {
        using DataKey key = DataKey.Create(Column);
        byte[] value = ProtectedValue.Protect(Secret, ValueKind.Text, key, row);
        Assert.Throws<EncryptionException>(() => ProtectedValue.Unprotect(value, [key], other));
    }

    [Fact]
    public void The_same_bytes_as_the_key_of_another_column_open_nothing()
    {
        byte[] bytes = new byte[32];
        using DataKey one = new(bytes.ToArray(), "a.b");
        using DataKey two = new(bytes.ToArray(), "a.c");
        Assert.NotEqual(one.Id, two.Id);
        byte[] value = ProtectedValue.Protect(Secret, ValueKind.Text, one, null);
        Assert.Throws<EncryptionException>(() => ProtectedValue.Unprotect(value, [two], null));
    }

    [Fact]
    public void A_key_that_is_not_allowed_is_named_and_not_used()
    {
        using DataKey key = DataKey.Create(Column);
        using DataKey other = DataKey.Create(Column);
        byte[] value = ProtectedValue.Protect(Secret, ValueKind.Text, key, null);
        EncryptionException refused = Assert.Throws<EncryptionException>(() => ProtectedValue.Unprotect(value, [other], null));
        Assert.Contains(key.Id, refused.Message, StringComparison.Ordinal);
        Assert.Equal(Secret, ProtectedValue.Unprotect(value, [other, key], null).Value);
        Assert.Equal(key.Id, ProtectedValue.KeyIdOf(value));
    }

    [Fact]
    public void The_commitment_is_checked_before_the_text_is_opened()
    {
        // A value whose tag is right and whose commitment is another key's does not open.
        using DataKey key = DataKey.Create(Column);
        byte[] value = ProtectedValue.Protect(Secret, ValueKind.Text, key, null);
        Array.Clear(value, 55, 32);
        Assert.Throws<EncryptionException>(() => ProtectedValue.Unprotect(value, [key], null));
    }

    [Fact]
    public void Equal_values_are_not_equal_when_they_are_protected()
    {
        using DataKey key = DataKey.Create(Column);
        HashSet<string> seen = [];
        for (int i = 0; i < 100; i++)
        {
            Assert.True(seen.Add(Convert.ToBase64String(ProtectedValue.Protect(Secret, ValueKind.Text, key, null))));
        }
    }

    [Fact]
    public void Lengths_keep_texts_apart() =>
        Assert.NotEqual(LengthPrefixed.Of("ab", "c"), LengthPrefixed.Of("a", "bc"));
}
