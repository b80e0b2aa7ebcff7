"""The checks of the ground."""

from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.doctor import Check, database, night, surroundings

CHECKS = (
    Check("core.database", _("数据库"), database.answers_and_takes),
    Check("core.settings", _("数据库设置"), database.is_set_up),
    Check("core.migrations", _("版本"), database.is_migrated),
    Check("core.disk", _("磁盘"), database.has_room),
    Check("core.keys", _("密钥"), surroundings.keys_are_safe),
    Check("core.clock", _("电脑时钟"), surroundings.clock_is_right),
    Check("core.worker", _("后台进程"), night.worker_lives),
    Check("core.jobs", _("定时任务"), night.jobs_are_done),
    Check("core.backups", _("备份"), night.backup_is_fresh),
    Check("core.replaced", _("换下的平台"), night.replaced_are_few),
    Check("core.logs", _("日志"), surroundings.logs_can_be_written),
    Check("core.holidays", _("节假日"), surroundings.holidays_are_known),
)
