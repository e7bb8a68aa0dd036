using DotNetty.Common.Utilities;

namespace DotNetty.Common.Tests.Utilities;

public sealed class DefaultAttributeMapTests
{
    private static readonly AttributeKey<string> Name = AttributeKey<string>.ValueOf("map-name");
    private static readonly AttributeKey<string> Other = AttributeKey<string>.ValueOf("map-other");

    private readonly DefaultAttributeMap _map = new();

    [Fact]
    public void Has_an_attribute_from_the_moment_it_was_asked_for()
    {
        Assert.False(_map.HasAttribute(Name));

        var attribute = _map.GetAttribute(Name);

        Assert.True(_map.HasAttribute(Name));
        Assert.False(_map.HasAttribute(Other));
        Assert.Same(attribute, _map.GetAttribute(Name));
        Assert.Same(Name, attribute.Key);
        Assert.Null(attribute.Get());
    }

    [Fact]
    public void Keeps_a_value_a_key()
    {
        _map.GetAttribute(Name).Set("a");
        _map.GetAttribute(Other).Set("b");

        Assert.Equal("a", _map.GetAttribute(Name).Get());
        Assert.Equal("b", _map.GetAttribute(Other).Get());
    }

    [Fact]
    public void Sets_only_where_there_is_nothing()
    {
        var attribute = _map.GetAttribute(Name);

        Assert.Null(attribute.SetIfAbsent("first"));
        Assert.Equal("first", attribute.SetIfAbsent("second"));
        Assert.Equal("first", attribute.GetAndSet("third"));
        Assert.False(attribute.CompareAndSet("first", "fourth"));
        Assert.True(attribute.CompareAndSet("third", "fourth"));
        Assert.Equal("fourth", attribute.Get());
    }

    [Fact]
    public void A_removed_attribute_is_replaced_by_a_new_one()
    {
        var attribute = _map.GetAttribute(Name);
        attribute.Set("old");
        _map.GetAttribute(Other).Set("stays");

        Assert.Equal("old", attribute.GetAndRemove());

        Assert.False(_map.HasAttribute(Name));
        Assert.NotSame(attribute, _map.GetAttribute(Name));
        Assert.Null(_map.GetAttribute(Name).Get());
        Assert.Equal("stays", _map.GetAttribute(Other).Get());
    }

    [Fact]
    public void Removing_twice_leaves_the_new_one_alone()
    {
        var old = _map.GetAttribute(Name);
        old.Remove();
        _map.GetAttribute(Name).Set("new");

        old.Remove();

        Assert.Equal("new", _map.GetAttribute(Name).Get());
    }

    [Fact]
    public void Threads_agree_on_one_attribute_a_key()
    {
        var keys = Enumerable.Range(0, 8).Select(i => AttributeKey<string>.ValueOf($"map-raced-{i}")).ToArray();
        var found = new IAttribute<string>[64];

        Parallel.For(0, found.Length, i => found[i] = _map.GetAttribute(keys[i % keys.Length]));

        Assert.Equal(keys.Length, found.Distinct().Count());
        Assert.All(keys, key => Assert.True(_map.HasAttribute(key)));
    }
}
