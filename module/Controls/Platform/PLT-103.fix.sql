-- forward where can_update
alter extension %I{extension} update;
