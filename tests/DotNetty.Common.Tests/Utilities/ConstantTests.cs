using DotNetty.Common.Utilities;

namespace DotNetty.Common.Tests.Utilities;

public sealed class ConstantTests
{
    [Fact]
    public void The_same_name_is_the_same_key()
    {
        var key = AttributeKey<string>.ValueOf("constant-same");

        Assert.Same(key, AttributeKey<string>.ValueOf("constant-same"));
        Assert.Equal("constant-same", key.Name);
        Assert.Equal("constant-same", key.ToString());
        Assert.True(AttributeKey<string>.Exists("constant-same"));
    }

    [Fact]
    public void Different_names_are_different_keys_in_the_order_of_birth()
    {
        var first = AttributeKey<string>.ValueOf("constant-first");
        var second = AttributeKey<string>.ValueOf("constant-second");

        Assert.NotEqual(first, second);
        Assert.NotEqual(first.Id, second.Id);
        Assert.True(first.CompareTo(second) < 0);
        Assert.Equal(0, first.CompareTo(first));
    }

    [Fact]
    public void Keys_of_different_types_may_share_a_name()
    {
        AttributeKey<string>.NewInstance("constant-shared");

        AttributeKey<Version>.NewInstance("constant-shared");
    }

    [Fact]
    public void Refuses_a_new_instance_of_a_name_in_use()
    {
        AttributeKey<string>.NewInstance("constant-used");

        Assert.Throws<ArgumentException>(() => AttributeKey<string>.NewInstance("constant-used"));
    }

    [Fact]
    public void Names_a_key_after_a_type()
    {
        var key = AttributeKey<string>.ValueOf(typeof(ConstantTests), "name");

        Assert.Equal("DotNetty.Common.Tests.Utilities.ConstantTests#name", key.Name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Refuses_a_key_without_a_name(string? name) =>
        Assert.ThrowsAny<ArgumentException>(() => AttributeKey<string>.ValueOf(name!));

    [Fact]
    public void One_key_a_name_whatever_the_threads()
    {
        var keys = new AttributeKey<string>[16];

        Parallel.For(0, keys.Length, i => keys[i] = AttributeKey<string>.ValueOf("constant-raced"));

        Assert.Single(keys.Distinct());
    }

    [Fact]
    public void A_signal_is_expected_by_identity()
    {
        var signal = Signal.ValueOf("constant-signal");

        signal.Expect(Signal.ValueOf("constant-signal"));

        Assert.Throws<InvalidOperationException>(() => signal.Expect(Signal.ValueOf("constant-other-signal")));
        Assert.Equal("constant-signal", signal.ToString());
    }
}
