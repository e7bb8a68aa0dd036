using EsockdNetty.Accepting;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Accepting;

public sealed class LogWindowTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly LateLoop _loop = new();
    private readonly List<(int Sample, long Count)> _lines = [];
    private readonly LogWindow<int> _window;

    public LogWindowTests() => _window = new LogWindow<int>((sample, count) => _lines.Add((sample, count)));

    [Fact]
    public void Writes_one_line_when_the_second_is_over_with_the_number_and_one_of_them()
    {
        Add(1);
        Pass(Second / 2);
        Add(2);
        Add(3);
        Assert.Empty(_lines);

        Pass(Second / 2);

        Assert.Equal([(3, 3L)], _lines);
    }

    [Fact]
    public void Goes_on_by_whole_seconds_while_more_come()
    {
        Add(1);
        Pass(Second);
        Add(2);
        Pass(Second - TimeSpan.FromMilliseconds(1));
        Assert.Single(_lines);

        Pass(TimeSpan.FromMilliseconds(1));

        Assert.Equal([(1, 1L), (2, 1L)], _lines);
    }

    [Fact]
    public void Begins_a_second_of_its_own_after_one_in_which_nothing_came()
    {
        Add(1);
        Pass(Second);
        Pass(Second);
        Pass(Second / 2);
        Add(2);

        Pass(Second / 2);
        Assert.Single(_lines);
        Pass(Second / 2);

        Assert.Equal([(1, 1L), (2, 1L)], _lines);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void However_late_the_loop_is_each_second_of_the_grid_has_one_line_with_all_that_came_in_it(int seed)
    {
        var random = new Random(seed);
        TimeSpan start = _loop.Now.ToTimeSpan();
        var expected = new SortedDictionary<int, long>();
        Add(0);
        expected[0] = 1;
        for (int i = 0; i < 5000; i++)
        {
            _loop.Stall(TimeSpan.FromMilliseconds(random.Next(1, 400)));
            if (random.Next(3) == 0)
            {
                _loop.Turn();
            }

            int second = (int)(_loop.Now.ToTimeSpan() - start).TotalSeconds;
            expected[second] = expected.GetValueOrDefault(second) + 1;
            Add(second);
        }

        _window.Flush();

        Assert.Equal(expected.Select(static one => (one.Key, one.Value)), _lines);
    }

    [Fact]
    public void A_loop_that_stands_still_holds_up_no_line_of_another()
    {
        var other = new LateLoop();
        Add(1);
        for (int second = 1; second <= 3; second++)
        {
            other.Stall(Second);
            _window.Add(other, 10 + second);
            _window.Add(other, 20 + second);
        }

        Assert.Equal([(1, 1L), (21, 2L), (22, 2L)], _lines);
        Pass(Second);
        Pass(3 * Second);

        Assert.Equal([(1, 1L), (21, 2L), (22, 2L), (23, 2L)], _lines);
    }

    [Fact]
    public void What_is_left_is_written_once()
    {
        Add(1);
        Add(2);

        _window.Flush();
        _window.Flush();
        Pass(2 * Second);

        Assert.Equal([(2, 2L)], _lines);
    }

    [Fact]
    public void Loses_nothing_when_many_threads_add_at_once()
    {
        const int Each = 10_000;

        Parallel.For(0, 4, thread =>
        {
            for (int i = 0; i < Each; i++)
            {
                Add(thread);
            }
        });
        _window.Flush();

        Assert.Equal(4 * Each, Assert.Single(_lines).Count);
    }

    private void Add(int sample) => _window.Add(_loop, sample);

    private void Pass(TimeSpan time)
    {
        _loop.Stall(time);
        _loop.Turn();
    }
}
